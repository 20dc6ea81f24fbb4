// The forms that an app opens for a person. They cover that person's pane only: the others stay live.
import {all, one, patch} from "./patch.js";
import {chosen, chosenPart, prepare, pressed, typed} from "./press.js";
import {act, explain, fragment, send} from "./workspace.js";

const FIELDS = "input[data-action-id], textarea[data-action-id], select[data-action-id], fieldset[data-action-id]";

export class Modal {
  constructor(root, userOf) {
    this.root = root;
    this.userOf = userOf;
    this.veil = one("[data-veil]", root);
    this.dialog = one("dialog", this.veil);
    this.forms = new Map();
    this.before = null;
    this.bind();
  }

  get form() { return one("form", this.dialog); }

  async refresh() {
    const html = await fragment("modal", {user: this.userOf()});
    const template = document.createElement("template");
    template.innerHTML = html;
    const next = template.content.firstElementChild;
    if (!next) return this.hide();
    const known = this.forms.get(next.dataset.viewId);
    if (known) this.update(known, next);
    else this.fill(next);
    const form = known || next;
    const isNew = form !== this.form;
    if (isNew) this.dialog.replaceChildren(form);
    this.show();
    const lost = !this.dialog.contains(document.activeElement) && document.activeElement === document.body;
    if (isNew || lost) this.begin(form, isNew);
  }

  // A form begins at its top: what stands above its first field is there to be read first.
  begin(form, isNew) {
    const marked = one("[data-autofocus]", form);
    const first = marked || one(FIELDS, form) || one("[data-close]", form);
    first.focus({preventScroll: isNew && !marked});
  }

  fill(form) {
    const view = one(".view", form);
    const html = view.innerHTML;
    view.replaceChildren();
    patch(view, html, prepare);
    this.forms.set(form.dataset.viewId, form);
  }

  update(form, next) {
    form.setAttribute("aria-label", next.getAttribute("aria-label"));
    patch(one(".view", form), one(".view", next).innerHTML, prepare);
    for (const part of ["h2", "footer"]) {
      if (one(part, form).innerHTML !== one(part, next).innerHTML) one(part, form).innerHTML = one(part, next).innerHTML;
    }
  }

  show() {
    if (this.dialog.open) return;
    this.before = document.activeElement;
    this.cover(true);
    this.dialog.show();
  }

  hide() {
    this.forms.clear();
    if (!this.dialog.open) return;
    this.dialog.close();
    this.dialog.replaceChildren();
    this.cover(false);
    if (this.before?.isConnected) this.before.focus({preventScroll: true});
    else one("[data-text]", this.root).focus({preventScroll: true});
  }

  cover(on) {
    this.veil.hidden = !on;
    for (const part of this.root.children) if (part !== this.veil) part.inert = on;
  }

  bind() {
    const where = () => ({view_id: this.form.dataset.viewId});
    const filledIn = () => ({...where(), values: this.filledIn(this.form)});
    this.dialog.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    this.dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !one("details[open]", this.dialog)) this.close();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.form.requestSubmit();
    });
    this.dialog.addEventListener("click", (event) => {
      if (event.target.closest("[data-close]")) return this.close();
      return pressed(event, this.userOf(), filledIn);
    });
    this.dialog.addEventListener("change", (event) => chosen(event, this.userOf(), where));
    this.dialog.addEventListener("input", (event) => typed(event, this.userOf(), where));
  }

  async close() {
    const viewId = this.form.dataset.viewId;
    this.forms.delete(viewId);
    await act("close", {user: this.userOf(), view_id: viewId}).catch((error) => this.say(explain(error)));
  }

  async submit() {
    const form = this.form;
    const errors = faults(form);
    this.mark(errors);
    if (Object.keys(errors).length) return;
    const button = one("[type=submit]", form);
    if (button?.getAttribute("aria-busy")) return;
    button?.setAttribute("aria-busy", "true");
    try {
      const values = await this.values(form);
      const answer = await act("submit", {user: this.userOf(), view_id: form.dataset.viewId, values});
      if (answer.errors) this.mark(answer.errors);
    } catch (error) {
      this.say(explain(error));
    } finally {
      button?.removeAttribute("aria-busy");
    }
  }

  /** What stands in the fields, but for files, which are sent with the form alone. */
  filledIn(form) {
    const values = {};
    for (const field of all(FIELDS, form)) {
      const {blockId, actionId, type} = field.dataset;
      if (type !== "file_input") (values[blockId] = values[blockId] || {})[actionId] = {type, ...chosenPart(field)};
    }
    return values;
  }

  async values(form) {
    const values = this.filledIn(form);
    for (const field of all(FIELDS, form)) {
      const {blockId, actionId, type} = field.dataset;
      if (type === "file_input") (values[blockId] = values[blockId] || {})[actionId] = {type, ...await this.kept(field)};
    }
    return values;
  }

  async kept(field) {
    return field.files.length ? send("/page/keep", {user: this.userOf()}, field.files) : {files: []};
  }

  mark(errors) {
    all(".form-error", this.dialog).forEach((each) => each.remove());
    let first = null;
    for (const box of all("[data-input-block]", this.form)) {
      const words = errors[box.dataset.inputBlock];
      const place = one(".error", box);
      place.textContent = words || "";
      place.hidden = !words;
      const field = one(FIELDS, box);
      field?.toggleAttribute("aria-invalid", Boolean(words));
      if (words) first = first || field;
    }
    if (first?.tagName === "FIELDSET") first = one("input", first);
    first?.focus();
  }

  say(words) {
    const said = document.createElement("p");
    said.className = "form-error";
    said.setAttribute("role", "alert");
    one("footer", this.form).prepend(said);
    said.textContent = words;
  }
}

// What Slack's own app checks before it sends a form, by block.
function faults(form) {
  const found = {};
  for (const field of all(FIELDS, form)) {
    const words = fault(field);
    if (words && field.closest("[data-input-block]")) found[field.closest("[data-input-block]").dataset.inputBlock] = words;
  }
  return found;
}

function fault(field) {
  const isEmpty = field.tagName === "FIELDSET" ? !one("input:checked", field) : !field.value.trim();
  if (isEmpty) return "required" in field.dataset ? "Please complete this required field." : "";
  if (field.minLength > 0 && field.value.length < field.minLength) return `Please write at least ${field.minLength} characters.`;
  return field.validationMessage || "";
}
