// The elements of a page whose files are in one folder on a server.

import { defineAll } from "./framed.js";
import { startProse } from "./prose.js";
import { served } from "./served.js";

startProse();
await defineAll(served);
