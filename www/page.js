// A page of the site: the elements, and what the page does with them.

import "./downhill.js";
import { startSite } from "./site.js";

startSite();
