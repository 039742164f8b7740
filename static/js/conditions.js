// Shows and hides questions by the same rules as the server (portal/exercises/form/conditions.py).

const isEmptyRow = (part) =>
  part !== null && typeof part === "object" &&
  Object.keys(part.cells ?? {}).length === 0 && !part.label;

function isAnswered(given) {
  if (Array.isArray(given)) return given.some((part) => !isEmptyRow(part));
  return given !== undefined && given !== null && given !== "";
}

function asNumber(given, numeric) {
  if (typeof given === "number") return given;
  if (!numeric || typeof given !== "string") return null;
  const plain = given.trim().replace(",", ".");
  return /^[+-]?\d+(\.\d*)?$/.test(plain) ? Number(plain) : null;
}

function same(given, wanted, numeric) {
  if (typeof given === "boolean" || typeof wanted === "boolean") return given === wanted;
  const left = asNumber(given, numeric);
  const right = asNumber(wanted, false);
  if (left !== null && right !== null) return left === right;
  return typeof given === "string" && given === wanted;
}

function compare(given, wanted, numeric, holds) {
  const left = asNumber(given, numeric);
  const right = asNumber(wanted, false);
  return left !== null && right !== null && holds(left, right);
}

const TESTS = {
  eq: (given, wanted, numeric) => same(given, wanted, numeric),
  ne: (given, wanted, numeric) => !same(given, wanted, numeric),
  in: (given, wanted, numeric) =>
    Array.isArray(wanted) && wanted.some((one) => same(given, one, numeric)),
  includes: (given, wanted) =>
    Array.isArray(given) && given.some((part) => same(part, wanted, false)),
  gte: (given, wanted, numeric) => compare(given, wanted, numeric, (a, b) => a >= b),
  lte: (given, wanted, numeric) => compare(given, wanted, numeric, (a, b) => a <= b),
};

function meets(condition, given, numeric) {
  const answered = isAnswered(given);
  if (condition.op === "filled") return answered === (condition.value !== false);
  const test = TESTS[condition.op];
  return answered && test !== undefined && test(given, condition.value, numeric);
}

/** The keys of the questions that are asked, in the order of the fields. */
export function shownFields(fields, answers, context) {
  const byKey = new Map(fields.map((field) => [field.key, field]));
  const known = new Map();

  function decide(condition) {
    if (!condition) return true;
    if (condition.context !== undefined) return meets(condition, context[condition.context], false);
    const target = byKey.get(condition.field);
    const visible = target !== undefined && shows(target.key);
    const numeric = visible && (target.type === "scale" || target.type === "number");
    return meets(condition, visible ? answers[condition.field] : undefined, numeric);
  }

  function shows(key) {
    if (!known.has(key)) {
      known.set(key, false); // two questions that wait for each other are both hidden
      known.set(key, decide(byKey.get(key).show_if));
    }
    return known.get(key);
  }

  return fields.filter((field) => shows(field.key)).map((field) => field.key);
}

const MANY = new Set(["multi_choice", "checklist"]);
const TABLES = new Set(["table", "daily_entry"]);

function tableAnswer(block) {
  const boxes = [...block.querySelectorAll("[name]")].filter((box) => /^f\.[^.]+\.[^.]+\./.test(box.name));
  const filled = boxes.some((box) =>
    ["radio", "checkbox"].includes(box.type) ? box.checked && box.value !== ""
      : !box.name.endsWith(".day") && box.value.trim() !== "");
  return filled ? [{ cells: { any: true } }] : [];
}

function answerOf(block, key) {
  if (TABLES.has(block.dataset.type)) return tableAnswer(block);
  const form = block.closest("form");
  const given = new FormData(form).getAll(`f.${key}`).filter((text) => text.trim() !== "");
  return MANY.has(block.dataset.type) ? given : given[0];
}

function fieldsOf(blocks) {
  const keys = new Set(blocks.map((block) => block.dataset.question));
  return blocks.map((block) => {
    const condition = block.dataset.showIf ? JSON.parse(block.dataset.showIf) : null;
    // What hangs on a question of another page was decided by the server.
    const here = condition !== null && keys.has(condition.field);
    return { key: block.dataset.question, type: block.dataset.type, show_if: here ? condition : null };
  });
}

function follow(form) {
  function update() {
    // On a sheet for two a question may have been put in anew.
    const blocks = [...form.querySelectorAll("[data-question]")];
    const fields = fieldsOf(blocks);
    const answers = Object.fromEntries(
      blocks.map((block) => [block.dataset.question, answerOf(block, block.dataset.question)]));
    const shown = new Set(shownFields(fields, answers, {}));
    for (const block of blocks) block.hidden = !shown.has(block.dataset.question);
  }

  form.addEventListener("input", update);
  form.addEventListener("change", update);
  form.addEventListener("weft:arrived", update);
  update();
}

if (typeof document !== "undefined") {
  for (const form of document.querySelectorAll("form:has([data-show-if])")) follow(form);
}
