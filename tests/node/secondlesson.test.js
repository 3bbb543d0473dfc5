// The second lesson: what it asks, what it answers, and the numbers that its sentences name.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { rightChoice } from "../../www/elements/question/choice.js";
import { anyMistakes, mistakesOf } from "../../www/elements/question/diagnosis.js";
import { Facts, truthOfRun, truthOfTensors } from "../../www/elements/question/truth.js";
import { loadEngine } from "../../www/engine/engine.js";
import { tensorGradient } from "../../www/engine/tensors.js";
import { written } from "../../www/parts/numbers.js";
import { isRight } from "../../www/state/answer.js";
import { readIdx } from "../../www/state/idx.js";
import { DECK, KEYS, SETTINGS, attributeOf, merge } from "../../www/state/settings.js";
import { receptiveField } from "../../www/state/textnet.js";
import { TEXT_SETTINGS, shapeOf, textState } from "../../www/state/texts.js";

const root = new URL("../../", import.meta.url);
const engine = await loadEngine(await readFile(new URL("www/pkg/core_bg.wasm", root)));
const html = await readFile(new URL("networks.html", root), "utf8");

/** The attributes of a tag, as a page has them. @param {string} tag @returns {Record<string, string>} */
const attributesOf = (tag) => Object.fromEntries([...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = "", text = ""]) => [name, text.replaceAll("&gt;", ">").replaceAll("&lt;", "<")]));

/** The sections with their headings, programs and questions. */
const sections = [...html.matchAll(/<section id="([^"]+)".*?<h2>([^<]+)<\/h2>(.*?)<\/section>/gs)].map(([, id = "", heading = "", text = ""]) => ({
  id, heading, text,
  program: attributesOf(/<downhill-autograd [^>]*>/.exec(text)?.[0] ?? "").model,
  questions: [...text.matchAll(/(<downhill-question [^>]*>)(.*?)<\/downhill-question>/gs)].map(([, tag = "", inside = ""]) => {
    const attributes = attributesOf(tag);
    const choices = [...inside.matchAll(/(<li [^>]*>)([^<]*)<\/li>/g)].map(([, item = "", words = ""]) => ({ words, when: attributesOf(item)["data-when"] ?? "", say: attributesOf(item)["data-say"] }));
    return { ...attributes, of: attributes.of ?? "", model: attributes.model, choices };
  }),
}));

/** @param {string} id */
const sectionNamed = (id) => sections.find((section) => section.id === id) ?? assert.fail(`there is no section ${id}`);

/** The truth of a question, from the element of its section, or from a run of its own. @param {{ program?: string | undefined }} section @param {any} question */
function truthOf({ program }, question) {
  if (program !== undefined) {
    return truthOfTensors(engine, question.model ?? program, question.of);
  }
  const facts = factsOf(question);
  const truth = truthOfRun(facts, question.of);
  facts.free();
  return truth;
}

/** @param {any} question */
function factsOf(question) {
  const own = Object.fromEntries(KEYS.filter((key) => question[attributeOf(key)] !== undefined).map((key) => [key, SETTINGS[key].read(question[attributeOf(key)])]));
  return new Facts(engine, merge(own.model === undefined ? DECK : { ...DECK, init: {} }, own));
}

test("the answers of the lesson plan are the engine's, question by question", async () => {
  const plan = await readFile(new URL("docs/lesson-plan.md", root), "utf8");
  const rows = [...(plan.split("## What the second lesson asks")[1] ?? "").matchAll(/^\| \*([^*]+)\* \| `([^`]+)` \| (\S+) \|$/gm)].map(([, heading, of, answer]) => [heading, of, answer]);
  const asked = sections.flatMap((section) => section.questions.map((question) => [section.heading, question.of, String(Number(truthOf(section, question).toPrecision(4)))]));
  assert.ok(asked.length > 15);
  assert.deepEqual(rows, asked);
});

test("no two questions have the same answer, except where nothing depends on a number", () => {
  const answers = sections.flatMap((section) => section.questions.map((question) => Number(truthOf(section, question).toPrecision(4)))).filter((answer) => answer !== 0);
  assert.deepEqual(answers.filter((answer, place) => answers.indexOf(answer) !== place), []);
});

test("a choice is one of three or more, so that it can't be guessed as yes or no", () => {
  const few = sections.flatMap(({ questions }) => questions.filter(({ choices }) => choices.length > 0 && choices.length < 3));
  assert.deepEqual(few, []);
});

test("exactly one choice of a question is right, and each other one has a sentence of its own", () => {
  for (const section of sections) {
    for (const question of section.questions.filter(({ choices }) => choices.length > 0)) {
      const right = rightChoice(question.choices, truthOf(section, question));
      for (const choice of question.choices) {
        assert.equal(choice.say === undefined, choice === right, `${section.id}: ${choice.words}`);
      }
    }
  }
});

test("the usual mistakes in a typed answer are found", () => {
  const typed = /** @type {[string, number][]} */ ([["softmax", -2.302585], ["classifier", 3], ["classifier", 30], ["convolution", 8], ["test", 5], ["test", 1], ["fast", 0.125], ["fast", 8], ["dead", -4.2], ["dead", 0.42]]);
  for (const [id, answer] of typed) {
    const section = sectionNamed(id);
    const question = section.questions.find(({ choices }) => choices.length === 0) ?? assert.fail(id);
    const facts = section.program === undefined ? factsOf(question) : undefined;
    const mistakes = facts ? mistakesOf(facts, question.of) : anyMistakes(truthOf(section, question));
    facts?.free();
    assert.ok(mistakes.some(([value]) => value !== undefined && isRight(answer, value)), `${id}: ${answer}`);
  }
});

test("the numbers in the text are the engine's", () => {
  for (const { program, text } of sections) {
    for (const [, of = "", number] of text.matchAll(/<data data-number="([^"]*)">([^<]*)<\/data>/g)) {
      assert.equal(written(truthOfTensors(engine, program ?? "", of)), number, of);
    }
  }
});

/** Claims of sentences, and the programs that compute them. @type {[string, RegExp, string][]} */
const CLAIMS = [
  ["matrix", /has (640) weights/, "W = ones(10, 64)\ncount = sum(W)"],
  ["convolution", /has (9) weights/, "k = ones(1, 1, 3, 3)\ncount = sum(k)"],
  ["convolution", /would have (4,096)/, "x = ones(1, 8, 8)\nmap = conv(x, ones(1, 1, 3, 3), padding=1)\ncount = sum(outer(reshape(0*map + 1, 64), reshape(x, 64)))"],
  ["tokens", /has (648) weights/, "E = ones(27, 24)\ncount = sum(E)"],
  ["perplexity", /has (3\.296) nats/, "count = cross_entropy(zeros(27), 3)"],
  ["perplexity", /, or (4\.755) bits/, "count = cross_entropy(zeros(27), 3)/log(2)"],
  ["perplexity", /its perplexity is (27)[;.]/, "count = exp(cross_entropy(zeros(27), 3))"],
  ["reach", /rises above (2\.079), the loss of a guess/, "count = cross_entropy(zeros(8), 0)"],
];

for (const [id, claim, program] of CLAIMS) {
  test(`${id}: ${claim}`, () => {
    const said = claim.exec(sectionNamed(id).text)?.[1]?.replaceAll(",", "");
    assert.equal(Number(truthOfTensors(engine, program, "value count 0").toPrecision(4)), Number(said));
  });
}

test("four layers leave as much of a gradient as the text says", () => {
  const { text } = sectionNamed("gate");
  const [, tanh, gate] = /four such layers leave only ([\d.]+) of the gradient\..*four of them leave ([\d.]+)\./s.exec(text.replace(/<[^>]+>/g, "")) ?? [];
  for (const [said, layer] of /** @type {const} */ ([[tanh, "tanh(u)"], [gate, "u*sigmoid(2)"]])) {
    const factor = truthOfTensors(engine, `u = 2\nout = ${layer}`, "gradient u 0");
    assert.ok(isRight(factor ** 4, Number(said), 0.01), `${layer}: ${factor ** 4}`);
  }
});

test("there are as many digits as the text says", async () => {
  const { shape } = readIdx(new Uint8Array(await readFile(new URL("www/data/digits-pictures.idx", root))), "digits");
  const [, count = "", height, width] = /([\d,]+) digits, written by hand, of (\d+) by (\d+) pixels/.exec(sectionNamed("classifier").text) ?? [];
  assert.deepEqual([Number(count.replace(",", "")), Number(height), Number(width)], shape);
});

/** @param {string} model */
const gradientOf = (model) => engine.use((core) => tensorGradient(core, model, {}));

test("p − y, for scores and a right class of any kind", () => {
  for (const [scores, right] of /** @type {[number[], number][]} */ ([[[2, 1, 0], 0], [[-3, 0.5, 4, 1], 1], [[30, -30], 1]])) {
    const { nodes, gradients } = gradientOf(`scores = [${scores}]\np = softmax(scores)\nloss = cross_entropy(scores, ${right})`);
    const p = nodes.find(({ name }) => name === "p")?.value;
    scores.forEach((_, place) => assert.ok(isRight(gradients.scores[place], p[place] - Number(place === right), 1e-9), `${scores} ${place}`));
  }
});

test("the matrix that the lesson shows does what its kernel does", () => {
  const { program = "", questions } = sectionNamed("convolution");
  const shown = questions.find(({ of }) => of === "value weights 0")?.model ?? "";
  const maps = [program, shown].map((model) => gradientOf(model).nodes.find(({ name }) => name === "map")?.value.flat(9));
  assert.deepEqual(maps[0], maps[1]);
  assert.equal(maps[0]?.length, 4);
});

/** How far a gated network sees. @param {number} layers @param {number} kernel */
const fieldOf = (layers, kernel) => receptiveField(shapeOf(textState({ layers, kernel }, undefined), 27));

/** What is said of receptive fields, for so many layers and this kernel. @type {[string, RegExp, [layers: number, kernel: number]][]} */
const FIELDS = [
  ["causal", /two layers with a kernel of 3 see (five) characters/, [2, 3]],
  ["causal", /Three layers see 1 \+ 3 · 2 = (7) characters/, [3, 3]],
  ["causal", /Four layers see 1 \+ 4 · 2 = (9) characters/, [4, 3]],
  ["words", /four gated layers with a kernel of 3, so it sees (9) characters/, [4, 3]],
  ["reach", /Two layers with a kernel of 5 see (nine) letters/, [2, 5]],
  ["reach", /With three layers the receptive field is (13)/, [3, 5]],
];
const WORDS = new Map([["five", 5], ["nine", 9]]);

test("receptive fields are as large as the text says, and as the questions ask", () => {
  for (const [id, claim, [layers, kernel]] of FIELDS) {
    const said = claim.exec(sectionNamed(id).text)?.[1] ?? assert.fail(String(claim));
    assert.equal(fieldOf(layers, kernel), WORDS.get(said) ?? Number(said), String(claim));
  }
  const section = sectionNamed("causal");
  const [field, least] = section.questions.map((question) => Number(truthOf(section, question)));
  assert.equal(field, fieldOf(3, 5));
  assert.equal([2, 3, 4, 5, 6].find((layers) => fieldOf(layers, 3) >= 10), least);
  assert.deepEqual([TEXT_SETTINGS.layers.initial, TEXT_SETTINGS.kernel.initial], [4, 3]);
});

test("the gradient of the last result is 0 outside of its receptive field, and only there", () => {
  const { gradients, nodes } = gradientOf(sectionNamed("causal").program ?? "");
  const [row] = gradients.x;
  assert.deepEqual(row.map((/** @type {number} */ slope) => slope !== 0), row.map((/** @type {unknown} */ _, /** @type {number} */ place) => place >= row.length - fieldOf(2, 3)));
  // The number of paths is their sum, because all weights are 1.
  assert.deepEqual(row, [0, 1, 2, 3, 2, 1]);
  assert.equal(nodes.find(({ name }) => name === "h2")?.value.flat(9).length, row.length);
});

test("a row of the table has as much gradient as its token appears, and the product with one-hot rows is the same", () => {
  const [question] = sectionNamed("tokens").questions;
  const { nodes, gradients } = gradientOf(question?.model ?? "");
  const valueOf = (/** @type {string} */ name) => nodes.find((node) => node.name === name)?.value;
  const tokens = /** @type {number[]} */ (valueOf("tokens"));
  assert.equal([...tokens].map((token) => "abnst"[token]).join(""), "banana");
  assert.deepEqual(gradients.E.map((/** @type {number[]} */ row) => row[0]), [..."abnst"].map((_, place) => tokens.filter((token) => token === place).length));
  assert.equal(valueOf("apart"), 0);
  assert.deepEqual(valueOf("M").map((/** @type {number[]} */ row) => row.indexOf(1)), [...tokens]);
});

test("the temperature raises the quotient of two probabilities to the power 1/T", () => {
  for (const [first, second, temperature] of /** @type {const} */ ([[2, 1, 2], [0.3, -4, 0.5], [5, 5.5, 0.1], [-1, 1, 10]])) {
    const program = (/** @type {number} */ T) => `scores = [${first}, ${second}]\np = softmax(scores/${T})\nratio = p[0]/p[1]`;
    const [cold, one] = [temperature, 1].map((T) => truthOfTensors(engine, program(T), "value ratio 0"));
    assert.ok(isRight(Number(cold), Number(one) ** (1 / temperature), 1e-9), `${temperature}`);
  }
});
