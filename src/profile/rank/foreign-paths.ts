import type { Kind } from '../model.ts';

/**
 * The modules of Python's standard library, as `sys.stdlib_module_names` lists them, without `test`, because many projects have a folder of
 * that name.
 */
const pythonModules = new Set(
  `
abc,aifc,antigravity,argparse,array,ast,asynchat,asyncio,asyncore,atexit,audioop,base64,bdb,binascii,bisect,builtins,
bz2,cProfile,calendar,cgi,cgitb,chunk,cmath,cmd,code,codecs,codeop,collections,colorsys,compileall,concurrent,
configparser,contextlib,contextvars,copy,copyreg,crypt,csv,ctypes,curses,dataclasses,datetime,dbm,decimal,difflib,dis,
distutils,doctest,email,encodings,ensurepip,enum,errno,faulthandler,fcntl,filecmp,fileinput,fnmatch,fractions,ftplib,
functools,gc,genericpath,getopt,getpass,gettext,glob,graphlib,grp,gzip,hashlib,heapq,hmac,html,http,idlelib,imaplib,
imghdr,imp,importlib,inspect,io,ipaddress,itertools,json,keyword,lib2to3,linecache,locale,logging,lzma,mailbox,
mailcap,marshal,math,mimetypes,mmap,modulefinder,msilib,msvcrt,multiprocessing,netrc,nis,nntplib,nt,ntpath,nturl2path,
numbers,opcode,operator,optparse,os,ossaudiodev,pathlib,pdb,pickle,pickletools,pipes,pkgutil,platform,plistlib,poplib,
posix,posixpath,pprint,profile,pstats,pty,pwd,py_compile,pyclbr,pydoc,pydoc_data,pyexpat,queue,quopri,random,re,
readline,reprlib,resource,rlcompleter,runpy,sched,secrets,select,selectors,shelve,shlex,shutil,signal,site,smtpd,
smtplib,sndhdr,socket,socketserver,spwd,sqlite3,sre_compile,sre_constants,sre_parse,ssl,stat,statistics,string,
stringprep,struct,subprocess,sunau,symtable,sys,sysconfig,syslog,tabnanny,tarfile,telnetlib,tempfile,termios,textwrap,
this,threading,time,timeit,tkinter,token,tokenize,tomllib,trace,traceback,tracemalloc,tty,turtle,turtledemo,types,
typing,unicodedata,unittest,urllib,uu,uuid,venv,warnings,wave,weakref,webbrowser,winreg,winsound,wsgiref,xdrlib,xml,
xmlrpc,zipapp,zipfile,zipimport,zlib,zoneinfo
`
    .trim()
    .split(/[,\s]+/),
);

/** A version in a path of Go: `github.com/x/dep@v1.2.3/do.go`. */
const version = /@v\d/;

/**
 * The kind of code at a relative path. Null if the path alone does not show that the code is outside the project. `name`: the function's
 * name. In Python, a path that begins with a module of the standard library belongs to that library. In Go, a path whose first folder has
 * no dot belongs to the standard library, and a path with a version belongs to a dependency. Go's own tools follow the same rules.
 */
export function foreignPath(path: string, name: string): Kind | null {
  const [first = '', second] = path.split('/');
  if (path.endsWith('.py')) return pythonModules.has(first.replace(/\.py$/, '')) ? 'runtime' : null;
  if (!path.endsWith('.go') || name.startsWith('main.')) return null;
  if (version.test(path)) return 'dependency';
  // the package of a function equals its path: os.ReadFile in os/file.go
  const isStandard =
    second !== undefined && !first.includes('.') && name.startsWith(path.slice(0, path.lastIndexOf('/')));
  return isStandard ? 'runtime' : null;
}

/** Modules of Rust's standard library. `core` and `alloc` may also be names in a project, so the next part of the name decides. */
const rustModules =
  'alloc|any|array|ascii|borrow|boxed|cell|char|clone|cmp|collections|convert|default|ffi|fmt|hash|hint|iter|mem|net|num|ops|option|panic|panicking|ptr|raw_vec|rc|result|slice|str|string|sync|time|unicode|vec';
const rustCrate = `(?:std::|(?:core|alloc)::(?:${rustModules})::|compiler_builtins::)`;
const rustPrimitive = '(?:[iu](?:8|16|32|64|128|size)|f32|f64|bool|char|str|\\(\\))(?![\\w:])';
const ofRust = {
  path: new RegExp(`^${rustCrate}`),
  type: new RegExp(`^(?:[&*([]|mut |const |dyn )*(?:${rustCrate}|${rustPrimitive})`),
};

/**
 * Whether a symbol belongs to Rust's standard library: `core::fmt::write`, `<usize as core::fmt::Display>::fmt`. An `impl` belongs to the
 * project if its type or its trait belongs to the project: `<app::Row as core::fmt::Debug>::fmt`.
 */
export function isRustStandard(name: string): boolean {
  const [, type, trait] = /^<(.+?)(?: as (.+?))?>::\w+/.exec(name) ?? [];
  if (type === undefined) return ofRust.path.test(name);
  return ofRust.type.test(type) && (trait === undefined || ofRust.path.test(trait));
}
