// Formulas from the engine as elements.

/** @type {DOMParser | undefined} */
let parser;

/**
 * A `math` element with the given content, which the engine wrote: well-formed MathML without
 * scripts, read as XML and not as HTML.
 * @param {string} content
 * @param {"large" | "small"} [size] whether fractions are as large as on a line of their own
 * @returns {MathMLElement}
 */
export function formula(content, size = "small") {
  const text = `<math xmlns="http://www.w3.org/1998/Math/MathML" displaystyle="${size === "large"}"><mrow>${content}</mrow></math>`;
  parser ??= new DOMParser();
  return /** @type {any} */ (document.adoptNode(parser.parseFromString(text, "application/xml").documentElement));
}

/**
 * Replaces what an element shows by a formula that may be broken before its equals signs; an
 * unchanged one stays, with the focus in it.
 * @param {Element} element
 * @param {string} content
 * @param {"large" | "small"} [size]
 */
export function setFormula(element, content, size) {
  if (element.getAttribute("data-formula") !== content) {
    element.setAttribute("data-formula", content);
    element.replaceChildren(...linksOf(content, size).flatMap((link) => [document.createElement("wbr"), link]));
  }
}

/**
 * The links of a chain of equalities: a browser breaks lines between formulas, but not in them.
 * @param {string} content
 * @param {"large" | "small"} [size]
 */
function linksOf(content, size) {
  /** @type {MathMLElement[]} */
  const links = [];
  for (const child of [...(formula(content).firstElementChild?.children ?? [])]) {
    if (links.length === 0 || child.textContent === "=") {
      links.push(formula("", size));
    }
    links.at(-1)?.firstElementChild?.append(child);
  }
  return links;
}

/** ∂of/∂by @param {string} of MathML @param {string} by MathML */
export function partial(of, by) {
  return `<mfrac><mrow><mo>∂</mo>${of}</mrow><mrow><mo>∂</mo>${by}</mrow></mfrac>`;
}
