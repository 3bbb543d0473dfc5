// The text of the data. A long text is read in parts, so that the page stays responsive; the field
// shows its beginning.

import { inParts } from "../../../../parts/background.js";
import { announceEdit } from "../../../../parts/dom.js";
import { editor } from "../../../../parts/editor.js";
import { isTooLong } from "../../../../state/address.js";
import { csvOf, csvReading, readCsv } from "../../../../state/csv.js";
import { dataReading, numbersOf, samplesOf } from "../../../../state/data.js";
import { DECK, SETTINGS } from "../../../../state/settings.js";
import { TextError, messageOf, writeColumns } from "../../../../state/text.js";
import { LONGEST, isLong, longText } from "./long.js";

/** @typedef {import("../../../../state/data.js").Columns} Columns */

/** How many samples are written for the beginning of their text. */
const SAMPLES = 20;

export function dataField() {
  const text = editor({ key: "data", label: SETTINGS.data.label, rows: "2" });
  const { field } = text;
  const long = longText(field, emptied);
  /** The data of the lab. @type {Columns | undefined} */
  let current;
  /** The data of the lab beside which a long text stays in the field. @type {Columns | undefined} */
  let beside;
  /** What a long text means, once it is read. @type {Columns | undefined} */
  let meant;
  let turn = new AbortController();
  let reading = false;
  field.addEventListener("paste", pasted);
  field.addEventListener("input", typed);

  /** Aborts the current reading, and returns the signal that aborts the next one. */
  function nextTurn() {
    reading = false;
    turn.abort();
    turn = new AbortController();
    return turn.signal;
  }

  /** @param {Event} event */
  function typed(event) {
    nextTurn();
    if (isLong(field.value)) {
      event.stopPropagation();
      receive(field.value);
    }
  }

  /** Whether a pasted or dropped text is read here; the browser inserts a short one, unless the field shows the beginning of a long one. @param {string} whole */
  function takesWhole(whole) {
    return isLong(whole) || long.isShown();
  }

  /** @param {ClipboardEvent} event */
  function pasted(event) {
    const given = event.clipboardData?.getData("text/plain") ?? "";
    const whole = long.isShown() ? given : field.value.slice(0, field.selectionStart) + given + field.value.slice(field.selectionEnd);
    if (given !== "" && takesWhole(whole)) {
      event.preventDefault();
      receive(whole);
    }
  }

  /** Makes room for something that is typed. */
  function emptied() {
    const kept = current;
    type("");
    text.fail("");
    beside = kept;
  }

  /** Shows a text that may be wrong. @param {string} whole */
  function type(whole) {
    nextTurn();
    beside = meant = undefined;
    if (isLong(whole)) {
      text.type("");
      long.show(whole, () => whole);
      long.sayText();
    } else {
      long.end();
      text.type(whole);
    }
  }

  /** Takes a text as if it were typed. @param {string} whole */
  function receive(whole) {
    if (isLong(whole)) {
      void read(whole, dataReading(whole));
    } else {
      type(whole);
      announceEdit(field);
    }
  }

  /**
   * Reads a long text, and takes what it means; what comes later wins.
   * @param {string} whole
   * @param {import("../../../../state/reading.js").Reading<Columns>} work
   */
  async function read(whole, work) {
    type(whole);
    text.fail("");
    long.sayReading();
    beside = current;
    reading = true;
    try {
      const columns = await inParts(work, turn.signal);
      if (columns) {
        keep(columns);
        announceEdit(field);
      }
    } catch (error) {
      refuse(error);
    }
  }

  /** The long text means these columns. @param {Columns} columns */
  function keep(columns) {
    beside = meant = columns;
    long.sayData(samplesOf(columns), !isTooLong({ ...DECK, data: columns }));
  }

  /** Shows columns, of which a text is made. @param {Columns} columns */
  function showColumns(columns) {
    if (isLongData(columns)) {
      text.type("");
      long.show(csvOf(firstOf(columns)), () => csvOf(columns));
      keep(columns);
    } else {
      beside = meant = undefined;
      long.end();
      text.show(columns);
    }
  }

  /** Says what is wrong with a text that was brought. @param {unknown} error */
  function refuse(error) {
    text.fail(messageOf(error));
    if (long.isShown() && !meant) {
      long.sayText();
    }
  }

  /** Puts columns into the field, as if they were typed. @param {Columns} columns */
  function take(columns) {
    nextTurn();
    text.fail("");
    text.type("");
    showColumns(columns);
    announceEdit(field);
  }

  return {
    ...text,
    note: long.element,
    type,
    nextTurn,
    receive,
    refuse,
    takesWhole,
    /** Takes a table as if it were typed. @param {string} whole */
    receiveTable: (whole) => (isLong(whole) ? void read(whole, csvReading(whole)) : take(readCsv(whole))),
    take,
    /** What the text means; throws a TextError. */
    read: () => meant ?? text.read(),
    /** Shows the data of the lab; a text that means it, that is still wrong or being read stays. @param {Columns} columns */
    show(columns) {
      // What is read before the first run is not taken back by it.
      beside = reading && !current ? columns : beside;
      current = columns;
      if (!text.isWrong() && columns !== beside && !text.holds(columns)) {
        nextTurn();
        showColumns(columns);
      }
    },
  };
}

/** Whether columns make a long text; each number takes three characters or more. @param {Columns} columns */
function isLongData(columns) {
  return 3 * numbersOf(columns) > LONGEST || isLong(writeColumns(columns));
}

/** @param {Columns} columns @returns {Columns} */
function firstOf(columns) {
  return Object.fromEntries(Object.entries(columns).map(([name, list]) => [name, list.slice(0, SAMPLES)]));
}
