// The elements of a page whose files are in one folder on a server.

import { defineAll } from "./elements.js";
import { served } from "./served.js";

await defineAll(served);
