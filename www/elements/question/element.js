// <downhill-question>: a prediction, which is compared with what the engine computes.

import { Connection, mount } from "../../parts/mount.js";
import { sentence } from "../../parts/problem.js";
import { resultOf, triesOf, withTries } from "../../parts/result.js";
import { watchTheme } from "../../parts/theme.js";
import { KEYS, attributeOf } from "../../state/settings.js";
import { TextError } from "../../state/text.js";
import { choicesIn, readChoices } from "./choice.js";
import { judge, planOf } from "./judge.js";
import { Neighbour } from "./neighbour.js";
import { Facts } from "./truth.js";
import { questionView } from "./view.js";

/** @typedef {import("./view.js").Progress} Progress */

const OWN = ["of", "kind", "tolerance", "for", "ask", "choices", "reveals", "quiz"];

/** @returns {Progress} */
const fresh = () => ({ text: "", right: false, attempts: 0, hints: 0, shown: false, said: "" });

/**
 * The element's class, for one engine and one style sheet.
 * @param {import("../../parts/mount.js").Assets} assets
 */
export function makeQuestion(assets) {
  return class DownhillQuestion extends HTMLElement {
    static observedAttributes = [...OWN, ...KEYS.map(attributeOf), "theme"];

    #progress = fresh();
    #neighbour = new Neighbour(this);
    #view = questionView({ check: () => this.#check(), redraw: () => this.#draw(), changed: () => this.#typed() });
    #connection = new Connection(this, assets, this.#view);
    /** @type {Facts | undefined} */
    #facts;
    /** Whether an answer was given before the engine was there, which is then checked. */
    #isAwaited = false;

    constructor() {
      super();
      const root = mount(this, assets.sheet, this.#view.element);
      root.addEventListener("input", () => this.#typed());
      root.addEventListener("keydown", (event) => this.#pressed(/** @type {KeyboardEvent} */ (event)));
      root.addEventListener("click", (event) => this.#clicked(/** @type {Element} */ (event.target)));
    }

    connectedCallback() {
      this.#view.field.picture?.connect();
      if (!this.#progress.right) {
        this.#neighbour.cover();
      }
      return this.#connection.open(() => this.#opened(), (signal) => watchTheme(() => this.#themeChanged(), signal));
    }

    disconnectedCallback() {
      this.#connection.close();
      this.#view.field.picture?.disconnect();
      this.#facts?.free();
      this.#facts = undefined;
      this.#neighbour.uncover();
    }

    /** @param {string} name */
    attributeChangedCallback(name) {
      if (name === "theme") {
        this.#themeChanged();
      } else {
        this.#progress = fresh();
        this.#ask();
      }
    }

    /** The answer as plain data; setting it answers the question. */
    get state() {
      return { answers: this.#progress.text === "" ? {} : { 0: this.#progress.text }, tries: triesOf([this.#progress]) };
    }

    set state(given) {
      const { answers, tries } = Object(given);
      const [text, past] = [Object(answers)[0], Object(tries)[0]];
      this.#progress = fresh();
      this.#ask();
      if (this.#connection.engine && typeof text === "string") {
        this.#view.field.write(text);
        past?.shown === true ? this.#tell(past) : this.#check(past);
      }
    }

    /** The result so far, for grading in a course. */
    get result() {
      return resultOf([this.#progress]);
    }

    get #plan() {
      const listed = this.getAttribute("choices");
      return planOf({
        of: this.getAttribute("of") ?? "",
        kind: this.getAttribute("kind"),
        tolerance: this.getAttribute("tolerance"),
        choices: listed === null ? choicesIn(this) : readChoices(listed),
      });
    }

    #opened() {
      this.#ask();
      if (this.#isAwaited) {
        this.#isAwaited = false;
        this.#check();
      }
    }

    /** Shows the question from its beginning. */
    #ask() {
      this.#view.open(this.#connection.engine !== undefined);
      this.#attempt(() => {
        const { kind, choices } = this.#plan;
        this.#view.take(kind);
        this.#view.field.offer?.(choices);
        this.#view.field.tell?.(undefined);
        this.#view.ask(this.getAttribute("ask") ?? "", this.textContent?.trim().replace(/\s+/g, " ") ?? "");
        this.#progress = { ...this.#progress, text: this.#view.field.text() };
        this.#show();
      });
    }

    #show() {
      this.#view.show(this.#progress, this.hasAttribute("quiz"));
      this.#draw();
    }

    #draw() {
      const { field } = this.#view;
      if (field.draw && this.#connection.engine) {
        this.#attempt(() => {
          const facts = this.#factsNow();
          field.draw(facts, { step: this.#plan.stepOf(facts), isTold: this.#progress.right });
        });
      }
    }

    /** The run of this moment: the neighbour may have changed. */
    #factsNow() {
      const engine = /** @type {import("../../engine/engine.js").Engine} */ (this.#connection.engine);
      if (this.#facts) {
        this.#facts.take(this.#neighbour.settings);
      } else {
        this.#facts = new Facts(engine, this.#neighbour.settings);
      }
      return this.#facts;
    }

    /** @param {any} [past] the attempts of another visit */
    #check(past) {
      const { engine } = this.#connection;
      const text = this.#view.field.text();
      if (!engine || this.#progress.right) {
        this.#isAwaited = !engine;
        return;
      }
      this.#attempt(() => {
        const { right, said, isRead } = judge(this.#plan, this.#view.field, () => this.#source(engine));
        const told = !right && isRead && this.hasAttribute("quiz") ? "Not right." : said;
        this.#progress = withTries({ ...this.#progress, text, right, said: told, attempts: this.#progress.attempts + Number(isRead) }, past);
        this.#answered(isRead);
      });
    }

    /** What the truth is read from. @param {import("../../engine/engine.js").Engine} engine */
    #source(engine) {
      return { engine, ...this.#neighbour.subject, facts: () => this.#factsNow() };
    }

    /** @param {any} [past] the attempts of another visit */
    #tell(past) {
      const { engine } = this.#connection;
      if (engine && !this.hasAttribute("quiz")) {
        this.#attempt(() => {
          const { text, said } = judge(this.#plan, this.#view.field, () => this.#source(engine), true);
          this.#progress = withTries({ ...this.#progress, text, right: true, shown: true, said }, past);
          this.#answered(true);
        });
      }
    }

    /** @param {boolean} isRead whether the text was an answer */
    #answered(isRead) {
      if (this.#progress.right) {
        this.#reveal();
      }
      this.#show();
      if (isRead) {
        this.dispatchEvent(new Event("change", { bubbles: true }));
        this.dispatchEvent(new CustomEvent("result", { bubbles: true, composed: true, detail: this.result }));
      }
    }

    /** The neighbour shows what it hid. It runs with the question's settings, unless the question has a picture of its own. */
    #reveal() {
      this.#neighbour.uncover();
      if (!["place", "curve"].includes(this.#plan.kind)) {
        this.#neighbour.take();
      }
      this.querySelector("details")?.setAttribute("open", "");
    }

    /** What is typed stays, also while it is not checked. */
    #typed() {
      this.#progress.text = this.#view.field.text();
    }

    /** @param {KeyboardEvent} event */
    #pressed(event) {
      if (event.key === "Enter" && /** @type {Element} */ (event.target).matches("input, circle")) {
        this.#check();
      }
    }

    /** @param {Element} target */
    #clicked(target) {
      const action = target.closest("[data-action]")?.getAttribute("data-action");
      if (action === "check") {
        this.#check();
      } else if (action === "show") {
        this.#tell();
      } else if (action === "again") {
        this.#progress = fresh();
        this.#view.field.write("");
        this.#ask();
        this.#view.field.focus();
      }
    }

    #themeChanged() {
      this.#view.field.picture?.themeChanged();
      this.#draw();
    }

    /** An error of the author stands in the question; any other error is a mistake in this program. @param {() => void} work */
    #attempt(work) {
      try {
        work();
        this.#view.say("");
      } catch (error) {
        if (error instanceof Error && !(error instanceof TextError)) {
          throw error;
        }
        const { field, message } = /** @type {TextError} */ (error);
        this.#view.say(`${field ? `\`${field}\`: ` : ""}${sentence(message).slice(0, -1)}`);
      }
    }
  };
}
