// The page in one file, which opens from a disk and in a sandbox.

import "./inlined.js";
import { startSite } from "./site.js";

startSite();
