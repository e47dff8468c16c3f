/** A map from addresses to pieces of code, which a runtime adds, moves and removes while a program runs. */
export type CodeMap<Owner> = {
  /** Adds code, and removes older code at the same addresses. */
  add(address: number, size: number, owner: Owner): void;
  move(from: number, to: number): void;
  remove(address: number): void;
  /** The owner of the code at an address. Undefined if no code is there. */
  at(address: number): Owner | undefined;
  has(address: number): boolean;
};

type Piece<Owner> = { from: number; to: number; owner: Owner };

/** The size of a page, in bytes. Each page lists the code that overlaps the page. */
const PAGE = 4096;
/** The largest piece of code, in bytes. No compiler makes larger pieces, so a log line with a larger size is broken or hostile. */
const LARGEST = 64 * 1024 ** 2;

export function codeMap<Owner>(): CodeMap<Owner> {
  const pages = new Map<number, Piece<Owner>[]>();
  const pagesOf = ({ from, to }: Piece<Owner>) =>
    Array.from(
      { length: Math.floor((to - 1) / PAGE) - Math.floor(from / PAGE) + 1 },
      (_, i) => Math.floor(from / PAGE) + i,
    );
  const find = (address: number) =>
    pages.get(Math.floor(address / PAGE))?.find((piece) => piece.from <= address && address < piece.to);
  const drop = (piece: Piece<Owner>) => {
    for (const page of pagesOf(piece))
      pages.set(
        page,
        (pages.get(page) ?? []).filter((other) => other !== piece),
      );
  };
  const add = (address: number, size: number, owner: Owner) => {
    if (!(address > 0 && size > 0 && size <= LARGEST) || !Number.isSafeInteger(address + size)) return;
    const piece = { from: address, to: address + size, owner };
    const own = pagesOf(piece);
    const old = own.flatMap((page) => pages.get(page) ?? []).filter((p) => p.from < piece.to && piece.from < p.to);
    for (const overlapped of new Set(old)) drop(overlapped);
    for (const page of own) pages.set(page, [...(pages.get(page) ?? []), piece]);
  };
  const startingAt = (address: number) => {
    const found = find(address);
    return found?.from === address ? found : undefined;
  };
  return {
    add,
    move(from, to) {
      const piece = startingAt(from);
      if (!piece) return;
      drop(piece);
      add(to, piece.to - piece.from, piece.owner);
    },
    remove(address) {
      const piece = startingAt(address);
      if (piece) drop(piece);
    },
    at: (address) => find(address)?.owner,
    has: (address) => find(address) !== undefined,
  };
}
