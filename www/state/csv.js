// Tables of numbers as comma-separated values (RFC 4180), written and read.

import { TextError, readNumber } from "./text.js";

/** The largest file that is read, in bytes. */
export const MOST_BYTES = 5_000_000;
/** The most rows of a table. */
const MOST_ROWS = 100_000;

/**
 * Columns as a table with a head. A name that a spreadsheet would take for a formula gets a quote
 * mark; numbers stay as they are.
 * @param {Record<string, ArrayLike<number>>} columns
 */
export function csvOf(columns) {
  const names = Object.keys(columns);
  const rows = Math.max(0, ...names.map((name) => columns[name]?.length ?? 0));
  const row = (/** @type {number} */ index) => names.map((name) => String(columns[name]?.[index] ?? "")).join(",");
  return [names.map(cell).join(","), ...Array.from({ length: rows }, (_, index) => row(index)), ""].join("\r\n");
}

/** @param {string} text */
function cell(text) {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/**
 * Reads a table: a head of names, or none; commas, semicolons or tabs between its cells, decimal
 * commas where the separator is another.
 * @param {string} text
 * @returns {Record<string, number[]>}
 */
export function readCsv(text) {
  if (text.length > MOST_BYTES) {
    throw new TextError(`the table has ${text.length} characters; at most ${MOST_BYTES} are read`, "data");
  }
  const rows = cellsOf(text.replace(/^\uFEFF/, "")).filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
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
    throw new TextError(`the table has ${body.length} rows; at most ${MOST_ROWS} are taken`, "data");
  }
  return columnsOf(names, body);
}

/**
 * @param {string[]} names
 * @param {{ cells: string[], line: number }[]} rows
 */
function columnsOf(names, rows) {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new TextError(`the table has two columns with the name \`${twice}\``, "data");
  }
  /** @type {Record<string, number[]>} */
  const columns = Object.create(null);
  names.forEach((name) => (columns[name] = []));
  for (const { cells, line } of rows) {
    if (cells.length !== names.length) {
      throw new TextError(`row ${line} has ${cells.length} cells, but the first row has ${names.length}`, "data");
    }
    cells.forEach((cell, index) => columns[names[index] ?? ""]?.push(numberOf(cell, line, names[index] ?? "")));
  }
  return columns;
}

/** @param {string} cell @param {number} line @param {string} name */
function numberOf(cell, line, name) {
  try {
    return readNumber(decimal(cell));
  } catch (error) {
    throw error instanceof TextError ? new TextError(`row ${line}, column \`${name}\`: ${cell.trim() === "" ? "a number is missing" : error.message}`, "data") : error;
  }
}

/** @param {string} cell */
function isNumber(cell) {
  return cell.trim() === "" || /^\s*[+\-−]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?\s*$/i.test(cell);
}

/** A decimal comma as a point. @param {string} cell */
function decimal(cell) {
  return /^[^.]*,[^,.]*$/.test(cell) ? cell.replace(",", ".") : cell;
}

/** A head's cell as a name that a formula can use. @param {string} text @param {number} index */
function nameOf(text, index) {
  const name = text.trim().replace(/[^\p{L}\p{M}\d_]+/gu, "_").replace(/^_+|_+$/g, "");
  return name === "" ? `column${index + 1}` : /^\d/.test(name) ? `c${name}` : name;
}

/** Names of a table without a head: the last column is what is to be predicted. @param {number} index @param {number} count */
function unnamed(index, count) {
  return index === count - 1 && count > 1 ? "y" : count > 2 ? `x${index + 1}` : "x";
}

/**
 * The cells of each row, with the number of its line.
 * @param {string} text
 */
function cellsOf(text) {
  const separator = separatorOf(text);
  const pattern = new RegExp(`"((?:[^"]|"")*)"(${separator}|\\r?\\n|\\r|$)|((?!")[^${separator}\\r\\n]*)(${separator}|\\r?\\n|\\r|$)`, "gy");
  /** @type {{ cells: string[], line: number }[]} */
  const rows = [];
  let cells = /** @type {string[]} */ ([]);
  let line = 1;
  while (pattern.lastIndex < text.length) {
    const found = pattern.exec(text);
    if (!found) {
      throw new TextError(`row ${line}: a quote mark is never closed, or something follows it`, "data");
    }
    const [, quoted, quotedEnd, plain, plainEnd] = found;
    cells.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    const end = quotedEnd ?? plainEnd ?? "";
    const last = pattern.lastIndex >= text.length;
    if (last && end !== "" && !/[\r\n]/.test(end)) {
      cells.push("");
    }
    if (/[\r\n]/.test(end) || last) {
      rows.push({ cells, line });
      cells = [];
      line += 1;
    }
  }
  return rows;
}

/** The separator: of the first line, a tab or a semicolon where there is one. @param {string} text */
function separatorOf(text) {
  const line = text.split(/\r?\n|\r/).find((line) => line.trim() !== "") ?? "";
  return line.includes("\t") ? "\\t" : line.includes(";") ? ";" : ",";
}
