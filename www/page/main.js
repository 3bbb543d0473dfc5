// The elements of a page whose files lie beside each other on a server.

import { defineAll } from "./elements.js";
import { served } from "./served.js";

await defineAll(served);
