// The page of exercises: its questions are made first, so that the page finds them.

import "./page/practicepage.js";

void import("./page.js");
