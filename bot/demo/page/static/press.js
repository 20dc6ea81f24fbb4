// Buttons, menus and fields of blocks: what is pressed or chosen goes to the app.
import {all, one} from "./patch.js";
import {showTimes} from "./words.js";
import {act, explain} from "./workspace.js";

let groups = 0;

/** Make new HTML ready: times, radio groups that are one per message, first values that need the reader's zone. */
export function prepare(root) {
  showTimes(root);
  for (const set of all("fieldset.choices", root)) {
    groups += 1;
    for (const radio of all("input[type=radio]", set)) radio.name = `choice-${groups}`;
  }
  for (const field of all("input[data-epoch]", root)) {
    const at = new Date(Number(field.dataset.epoch) * 1000);
    field.value = new Date(at - at.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
    field.defaultValue = field.value;
  }
  for (const box of all(".external", root)) {
    groups += 1;
    one("datalist", box).id = `options-${groups}`;
    one("input", box).setAttribute("list", `options-${groups}`);
  }
  all("details.multi", root).forEach(nameChosen);
}

function nameChosen(details) {
  const names = all("input:checked", details).map((each) => JSON.parse(each.dataset.option).text.text);
  const summary = one("summary", details);
  summary.textContent = names.join(", ") || summary.dataset.hint;
}

function confirmed(words) {
  if (!words) return Promise.resolve(true);
  const {title, text, confirm, deny, style} = JSON.parse(words);
  const dialog = one("[data-confirm-dialog]");
  one("h2", dialog).textContent = title || "Are you sure?";
  one("p", dialog).textContent = text || "";
  const [no, yes] = all("button", dialog);
  no.textContent = deny || "Cancel";
  yes.textContent = confirm || "Yes";
  yes.className = `act ${style === "danger" ? "danger" : "primary"}`;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), {once: true});
  });
}

function note(target, words) {
  const block = target.closest(".block") || target.parentElement;
  one(".press-note", block)?.remove();
  target.classList.toggle("failed", Boolean(words));
  if (!words) return;
  const said = document.createElement("p");
  said.className = "press-note";
  said.setAttribute("role", "alert");
  block.append(said);
  said.textContent = words;
}

async function press(user, target, container, part) {
  const keys = target.closest("[data-action-id]");
  if (target.getAttribute("aria-busy") || !(await confirmed(keys.dataset.confirm))) return;
  note(target, "");
  target.setAttribute("aria-busy", "true");
  try {
    const answer = await act("press", {
      user, container, block_id: keys.dataset.blockId, action_id: keys.dataset.actionId, type: keys.dataset.type, ...part,
    });
    if (!answer.acked) throw new Error(answer.error);
  } catch (error) {
    note(target, explain(error));
  } finally {
    target.removeAttribute("aria-busy");
  }
}

/** Handle a click; `containerOf(target)` says in which message or view it was. */
export async function pressed(event, user, containerOf) {
  const option = event.target.closest(".overflow [data-option]");
  const button = event.target.closest("button[data-action-id]");
  const target = option ? option.closest(".overflow") : button;
  if (!target) return;
  event.preventDefault();
  const address = (option || button).dataset.url;
  if (address) window.open(address, "_blank", "noopener");
  if (option) target.open = false;
  const value = "value" in target.dataset ? {value: target.dataset.value} : {};
  await press(user, target, containerOf(target), option ? {selected_option: JSON.parse(option.dataset.option)} : value);
}

const ENTITIES = {
  users_select: "selected_user", conversations_select: "selected_conversation", channels_select: "selected_channel",
};

function optionPart(type, options) {
  const several = type.startsWith("multi_");
  const entity = ENTITIES[type.replace("multi_", "")];
  if (entity) return several ? {[`${entity}s`]: options.map((each) => each.value)} : {[entity]: options[0]?.value || null};
  return several || type === "checkboxes" ? {selected_options: options} : {selected_option: options[0] || null};
}

function richText(words) {
  if (!words) return null;
  return {type: "rich_text", elements: [{type: "rich_text_section", elements: [{type: "text", text: words}]}]};
}

/** What is chosen or typed in an element, as Slack's payloads say it. */
export function chosenPart(element) {
  const type = element.dataset.type;
  const read = (each) => JSON.parse(each.dataset.option);
  if (element.tagName === "SELECT") {
    return optionPart(type, [...element.selectedOptions].filter((each) => each.dataset.option).map(read));
  }
  if (element.tagName === "FIELDSET") return optionPart(type, all("input:checked", element).map(read));
  if ("external" in element.dataset) {
    return optionPart(type, all("option", element.parentElement).filter((each) => each.value === element.value).map(read));
  }
  switch (type) {
    case "datepicker": return {selected_date: element.value || null};
    case "timepicker": return {selected_time: element.value || null};
    case "datetimepicker": return {selected_date_time: element.value ? Math.floor(new Date(element.value) / 1000) : null};
    case "rich_text_input": return {rich_text_value: richText(element.value)};
    default: return {value: element.value || null};
  }
}

/** Handle a change: what stands in no input block, or in one that asks for it, goes to the app at once. */
export function chosen(event, user, containerOf) {
  const element = event.target.closest("select[data-action-id], fieldset[data-action-id], input[data-action-id]");
  if (!element) return;
  const details = element.closest("details.multi");
  if (details) nameChosen(details);
  const block = element.closest("[data-input-block]");
  if (block && !("dispatch" in block.dataset)) return;
  if ("external" in element.dataset && !chosenPart(element).selected_option) return;
  press(user, element, containerOf(element), chosenPart(element));
}

const waiting = new WeakMap();

/** Ask the app for the options of a menu that it fills while a person types. */
export function typed(event, user, containerOf) {
  const field = event.target.closest("[data-external]");
  if (!field) return;
  clearTimeout(waiting.get(field));
  if (field.value.length < Number(field.dataset.least) || chosenPart(field).selected_option) return;
  waiting.set(field, setTimeout(() => suggest(field, user, containerOf(field)), 200));
}

async function suggest(field, user, container) {
  const {blockId, actionId} = field.dataset;
  try {
    const answer = await act("suggest", {user, container, block_id: blockId, action_id: actionId, value: field.value});
    const options = answer.options || (answer.option_groups || []).flatMap((group) => group.options);
    const list = one("datalist", field.parentElement);
    list.replaceChildren(...options.map((option) => {
      const row = document.createElement("option");
      row.value = option.text.text;
      row.dataset.option = JSON.stringify(option);
      return row;
    }));
    note(field, "");
  } catch (error) {
    note(field, explain(error));
  }
}
