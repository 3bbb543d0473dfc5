// The page as a single file, which opens from a disk and in a sandbox.

import "./page/inlined.js";
import { startSite } from "./page/site.js";

startSite();
