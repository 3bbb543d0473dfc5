// The elements of a page whose files lie beside each other on a server.

import { defineLab } from "./define.js";
import { defineOthers } from "./others.js";
import { served } from "./served.js";

defineLab(served);
defineOthers(served);
