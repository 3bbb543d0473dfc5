// The look of text that can be touched, also on a page that does not have the lesson's style sheet.

const RULES = `
[data-number][role="spinbutton"], [data-shows][role="button"] {
  border-radius: 3px;
  text-decoration: underline dotted;
  text-underline-offset: 3px;
}

[data-number][role="spinbutton"] {
  display: inline-block;
  text-align: center;
  text-decoration-style: dashed;
  cursor: ew-resize;
  touch-action: pan-y;
  user-select: none;
  -webkit-user-select: none;
}

[data-shows][role="button"] {
  cursor: pointer;
}

@media screen {
  [data-shows][role="button"]:is(:hover, [aria-pressed="true"], [data-lit]),
  [data-number][role="spinbutton"]:is(:hover, :active, [data-lit]) {
    background: color-mix(in srgb, currentColor 12%, transparent);
  }

  [data-shows][role="button"]:is([aria-pressed="true"], [data-lit]):not(:focus-visible),
  [data-number][role="spinbutton"][data-lit]:not(:focus-visible) {
    outline: 1px dashed currentColor;
    outline-offset: 1px;
  }
}

@media print {
  [data-number][role="spinbutton"], [data-shows][role="button"] {
    text-decoration: none;
  }
}
`;

export function sheet() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(RULES);
  return sheet;
}
