// The messages that a page can send to a frame: `{ type: "downhill:get" }`, `{ type:
// "downhill:result" }`, and `{ type: "downhill:set", state }`.

const TYPES = ["downhill:get", "downhill:result", "downhill:set"];

/** The longest state that is accepted, as JSON. */
const LONGEST = 1_000_000;

/**
 * Nothing if a message is valid, an empty text if it is not meant for Downhill, and otherwise the
 * error.
 * @param {unknown} message
 * @returns {string | undefined}
 */
export function remarkOnMessage(message) {
  const type = typeof message === "object" && message !== null && Object.hasOwn(message, "type") ? /** @type {any} */ (message).type : undefined;
  if (typeof type !== "string" || !type.startsWith("downhill:")) {
    return "";
  }
  if (!TYPES.includes(type)) {
    return `there is no message \`${type.slice(0, 40)}\`; the messages are ${TYPES.join(", ")}`;
  }
  return type === "downhill:set" ? remarkOnState(/** @type {any} */ (message).state) : undefined;
}

/** @param {unknown} state */
function remarkOnState(state) {
  if (typeof state !== "object" || state === null || Array.isArray(state)) {
    return "`downhill:set` needs a state, which is an object of settings";
  }
  const length = JSON.stringify(state)?.length ?? 0;
  return length > LONGEST ? `the state has ${length} characters; at most ${LONGEST} are allowed` : undefined;
}
