// The elements for networks, in a file that is fetched when one is near.

// What it shares with the lab stays in the file that the lab has already fetched.
import "./elements.js";

export { makeNetwork } from "../elements/network/pictures/element.js";
export { makeSegment } from "../elements/network/segment/element.js";
export { makeText } from "../elements/network/text/element.js";
