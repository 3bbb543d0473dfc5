// Tables of numbers as comma-separated values (RFC 4180), written and read.

import { LIMITS } from "../pkg/catalog.js";
import { PART, finish } from "./reading.js";
import { readNested, writeNested } from "./tensor.js";
import { TextError, readNumber } from "./text.js";

/** @typedef {{ cells: string[], line: number }} Row what stands in its cells, and its number, counted from 1 */
/** @template T @typedef {import("./reading.js").Reading<T>} Reading */

/** The largest file that is read, in bytes. */
export const MOST_BYTES = 5_000_000;
/** The most rows and columns of a table. */
const MOST_ROWS = LIMITS.samples;
const MOST_COLUMNS = 1_000;

/**
 * Columns as a table with a header. A name that a spreadsheet would treat as a formula gets a quote
 * mark; numbers stay unchanged.
 * @param {Record<string, ArrayLike<import("./tensor.js").Nested>>} columns
 */
export function csvOf(columns) {
  const names = Object.keys(columns);
  const rows = Math.max(0, ...names.map((name) => columns[name]?.length ?? 0));
  const row = (/** @type {number} */ index) => names.map((name) => quoted(textOf(columns[name]?.[index]))).join(",");
  return [names.map(cell).join(","), ...Array.from({ length: rows }, (_, index) => row(index)), ""].join("\r\n");
}

/** @param {string} text */
function cell(text) {
  return quoted(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
}

/** @param {string} text */
function quoted(text) {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A number, or lists in brackets. @param {import("./tensor.js").Nested | undefined} value */
function textOf(value) {
  return typeof value === "object" ? writeNested(value) : String(value ?? "");
}

/** Reads a table at once. @param {string} text */
export function readCsv(text) {
  return finish(csvReading(text));
}

/**
 * Reads a table, with or without a header of names. The separators are commas, semicolons or tabs;
 * decimal commas are allowed if the separator is not a comma.
 * @param {string} text
 * @returns {Reading<import("./data.js").Columns>}
 */
export function* csvReading(text) {
  if (text.length > MOST_BYTES) {
    throw new TextError(`the table has ${text.length} characters; at most ${MOST_BYTES} are read`, "data");
  }
  const rows = yield* rowsOf(text.replace(/^\uFEFF/, ""));
  const first = rows[0];
  if (!first) {
    throw new TextError("the table is empty; give it at least one row of numbers", "data");
  }
  const headed = first.cells.some((cell) => !isNumber(cell));
  const names = headed ? first.cells.map((name, index) => nameOf(name, index)) : first.cells.map((_, index) => unnamed(index, first.cells.length));
  const body = headed ? rows.slice(1) : rows;
  if (body.length === 0) {
    throw new TextError("the table has a head, but no row of numbers", "data");
  }
  if (body.length > MOST_ROWS) {
    throw new TextError(`the table has ${body.length} rows; at most ${MOST_ROWS} are allowed`, "data");
  }
  return yield* columnsOf(names, body);
}

/**
 * @param {string[]} names
 * @param {Row[]} rows
 * @returns {Reading<import("./data.js").Columns>}
 */
function* columnsOf(names, rows) {
  const columns = emptyColumns(names);
  let read = 0;
  for (const { cells, line } of rows) {
    if (cells.length !== names.length) {
      throw new TextError(`row ${line} has ${cells.length} cells, but the first row has ${names.length}`, "data");
    }
    cells.forEach((cell, index) => columns[names[index] ?? ""]?.push(numberOf(cell, line, names[index] ?? "")));
    read += cells.length;
    if (read >= PART) {
      read = 0;
      yield;
    }
  }
  return columns;
}

/** @param {string[]} names */
function emptyColumns(names) {
  /** @type {import("./data.js").Columns} */
  const columns = Object.create(null);
  for (const name of names) {
    if (name in columns) {
      throw new TextError(`the table has two columns with the name \`${name}\``, "data");
    }
    columns[name] = [];
  }
  return columns;
}

/** @param {string} cell @param {number} line @param {string} name */
function numberOf(cell, line, name) {
  try {
    return cell.trim().startsWith("[") ? readNested(cell) : readNumber(decimal(cell));
  } catch (error) {
    throw error instanceof TextError ? new TextError(`row ${line}, column \`${name}\`: ${cell.trim() === "" ? "a number is missing" : error.message}`, "data") : error;
  }
}

/** @param {string} cell */
function isNumber(cell) {
  return cell.trim() === "" || cell.trim().startsWith("[") || /^\s*[+\-−]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?\s*$/i.test(cell);
}

/** A decimal comma as a point. @param {string} cell */
function decimal(cell) {
  return /^[^.]*,[^,.]*$/.test(cell) ? cell.replace(",", ".") : cell;
}

/** A cell of the header as a name that a formula can use. @param {string} text @param {number} index */
function nameOf(text, index) {
  const name = text.trim().replace(/[^\p{L}\p{M}\d_]+/gu, "_").replace(/^_+|_+$/g, "");
  return name === "" ? `column${index + 1}` : /^\d/.test(name) ? `c${name}` : name;
}

/** Names for a table without a header: the last column is the target. @param {number} index @param {number} count */
function unnamed(index, count) {
  return index === count - 1 && count > 1 ? "y" : count > 2 ? `x${index + 1}` : "x";
}

/**
 * The rows that are not empty.
 * @param {string} text
 * @returns {Reading<Row[]>}
 */
function* rowsOf(text) {
  const separator = separatorOf(text);
  const ends = new RegExp(`[${separator}\r\n]`, "g");
  /** @type {Row[]} */
  const rows = [];
  for (let [place, line] = [0, 1]; place < text.length; line += 1) {
    const { cells, end } = rowAt(text, place, line, separator, ends);
    place = end + (text.startsWith("\r\n", end) ? 2 : 1);
    if (cells.some((cell) => cell.trim() !== "")) {
      rows.push({ cells, line });
    }
    if (line % PART === 0) {
      yield;
    }
  }
  return rows;
}

/**
 * The cells of the row that begins at a place, and where it ends.
 * @param {string} text
 * @param {number} place
 * @param {number} line
 * @param {string} separator
 * @param {RegExp} ends what a cell can end with: a separator, or a line's end
 */
function rowAt(text, place, line, separator, ends) {
  const cells = [];
  for (let start = place; ; ) {
    const { cell, end } = text[start] === '"' ? quotedAt(text, start, line, ends) : plainAt(text, start, ends);
    cells.push(cell);
    if (text[end] !== separator) {
      return { cells, end };
    }
    if (cells.length === MOST_COLUMNS) {
      throw new TextError(`row ${line} has more than ${MOST_COLUMNS} cells; write the numbers of a column below each other`, "data");
    }
    start = end + 1;
  }
}

/** @param {string} text @param {number} start @param {RegExp} ends */
function plainAt(text, start, ends) {
  ends.lastIndex = start;
  const end = ends.exec(text)?.index ?? text.length;
  return { cell: text.slice(start, end), end };
}

/** A cell in quote marks; those inside it are doubled. @param {string} text @param {number} start @param {number} line @param {RegExp} ends */
function quotedAt(text, start, line, ends) {
  let close = text.indexOf('"', start + 1);
  while (close >= 0 && text[close + 1] === '"') {
    close = text.indexOf('"', close + 2);
  }
  const end = close + 1;
  if (close < 0 || plainAt(text, end, ends).cell !== "") {
    throw new TextError(`row ${line}: a quote mark is never closed, or something follows it`, "data");
  }
  return { cell: text.slice(start + 1, close).replaceAll('""', '"'), end };
}

/** The separator: a tab or a semicolon if the first line contains one, otherwise a comma. @param {string} text */
function separatorOf(text) {
  const first = text.search(/\S/);
  const start = Math.max(text.lastIndexOf("\n", first), text.lastIndexOf("\r", first)) + 1;
  const [line = ""] = text.slice(start).split(/[\r\n]/, 1);
  return ["\t", ";"].find((separator) => line.includes(separator)) ?? ",";
}
