/** A child of an element. A string becomes a text node and is never parsed as HTML. */
export type Child = Node | string | number | null | false | undefined;

type Attributes = Readonly<Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>>;

/**
 * Creates an HTML element. If the value of an attribute such as `onclick` is a function, the function is added as a listener of the event.
 * The value `true` creates an attribute without a value. The values `false`, null and undefined create no attribute.
 */
export const h = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] => filled(document.createElement(tag), attributes, children);

/** Creates an SVG element. The parameters have the same meaning as for `h`. */
export const s = <Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[Tag] =>
  filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);

function filled<Of extends Element>(element: Of, attributes: Attributes, children: Child[]): Of {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  for (const child of children)
    if (child !== null && child !== false && child !== undefined)
      element.append(child instanceof Node ? child : String(child));
  return element;
}
