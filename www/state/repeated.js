// Keys that an object of a JSON text has twice, of which JSON.parse keeps only the last.

/**
 * The first key that is there twice in an object. A regular expression would run out of stack at long texts.
 * @param {string} json a valid text
 */
export function repeatedKey(json) {
  /** The keys of the objects that are open, and nothing for a list. @type {(Set<string> | undefined)[]} */
  const open = [];
  let isKey = false;
  for (let place = 0; place < json.length; place += 1) {
    const token = json[place] ?? "";
    if (token === '"') {
      const end = closing(json, place);
      const key = isKey ? String(JSON.parse(json.slice(place, end + 1))) : undefined;
      if (key !== undefined && open.at(-1)?.has(key)) {
        return key;
      }
      key !== undefined && open.at(-1)?.add(key);
      place = end;
    } else if (token === "{" || token === "[") {
      open.push(token === "{" ? new Set() : undefined);
    } else if (token === "}" || token === "]") {
      open.pop();
    }
    isKey = token === "{" || token === "," ? open.at(-1) !== undefined : isKey && token <= " ";
  }
  return undefined;
}

/** Where a string ends: at the first quote mark after an even number of backslashes. @param {string} json @param {number} begin */
function closing(json, begin) {
  for (let end = begin + 1; ; end += 1) {
    end = json.indexOf('"', end);
    let first = end;
    while (json[first - 1] === "\\") {
      first -= 1;
    }
    if ((end - first) % 2 === 0) {
      return end;
    }
  }
}
