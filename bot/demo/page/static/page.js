// Keeps the panes live: acts go to /client/, and what the stream says changed is fetched anew as HTML.
"use strict";

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

async function act(name, body) {
  const answer = await fetch(`/client/${name}`, {
    method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(body),
  });
  const result = await answer.json();
  if (!answer.ok) throw new Error(result.error || "failed");
  return result;
}

async function fragment(name, query) {
  const answer = await fetch(`/page/${name}?${new URLSearchParams(query)}`);
  return answer.text();
}

let toastTimer;
function toast(words) {
  const box = $("[data-toast]");
  box.textContent = words;
  box.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { box.hidden = true; }, 6000);
}

const ERRORS = {
  operation_timeout: "The bot did not answer in time. Nothing is lost; please press again.",
  not_in_channel: "This person is not in that channel.",
  no_text: "There is nothing to send yet.",
  msg_too_long: "That message is too long for Slack (40,000 characters).",
};
const explain = (error) => ERRORS[error.message] || `That did not work (${error.message}).`;

function showTimes(root) {
  for (const time of $$("time", root)) {
    const at = new Date(time.dateTime);
    if ("time" in time.dataset) {
      time.textContent = at.toLocaleTimeString([], {hour: "2-digit", minute: "2-digit"});
      time.title = at.toLocaleString();
    } else if ("day" in time.dataset) {
      const today = new Date().toDateString() === at.toDateString();
      time.textContent = today ? "Today" : at.toLocaleDateString([], {weekday: "long", day: "numeric", month: "long"});
    } else if (time.dataset.format) {
      time.textContent = time.dataset.format
        .replace(/\{time(_secs)?\}/g, at.toLocaleTimeString([], {hour: "2-digit", minute: "2-digit"}))
        .replace(/\{date_num\}/g, at.toLocaleDateString())
        .replace(/\{date\w*\}/g, new Date().toDateString() === at.toDateString() ? "today" : at.toLocaleDateString([], {day: "numeric", month: "short"}));
    }
  }
}

class Pane {
  constructor(root) {
    this.root = root;
    this.user = root.dataset.user;
    this.channel = root.dataset.channel;
    this.thread = null;
    this.list = $("[data-messages]", root);
    this.text = $("[data-text]", root);
    this.file = null;
    this.listen();
    this.bind();
    this.refreshAll();
  }

  listen() {
    if (this.stream) this.stream.close();
    this.stream = new EventSource(`/client/stream?user=${this.user}`);
    this.stream.onmessage = (message) => this.changed(JSON.parse(message.data));
    this.stream.onopen = checkConnection;
    this.stream.onerror = checkConnection;
  }

  changed(change) {
    if (change.type === "hello") return this.refreshAll();
    if (change.type.startsWith("view_")) return this.refreshModal(change);
    if (change.type === "home") return this.refreshHome();
    if (change.type === "status") return this.showStatus(change);
    if (change.channel === this.channel) this.later("messages", () => this.refreshMessages());
    this.later("channels", () => this.refreshChannels());
  }

  later(name, work) {
    this.timers = this.timers || {};
    clearTimeout(this.timers[name]);
    this.timers[name] = setTimeout(work, 25);
  }

  refreshAll() {
    this.refreshChannels();
    this.refreshMessages(true);
    this.refreshHome();
  }

  async refreshChannels() {
    const row = $("[data-channels]", this.root);
    row.innerHTML = await fragment("channels", {user: this.user, current: this.channel});
    const unread = $$(".unread", row).length;
    const mark = $(`[data-show-pane="${this.root.dataset.pane}"] .unread`);
    mark.hidden = !unread || this.root.classList.contains("shown");
    mark.textContent = unread || "";
  }

  async refreshMessages(jump = false) {
    if (this.channel === "home") return;
    const query = {user: this.user, channel: this.channel};
    if (this.thread) query.thread = this.thread;
    const html = await fragment("messages", query);
    if (query.channel !== this.channel || (query.thread || null) !== this.thread) return;
    const atEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 120;
    const open = $$("details[open]", this.list).map((each) => each.closest("[data-ts]")?.dataset.ts);
    this.list.innerHTML = html;
    for (const ts of open) if (ts) $(`[data-ts="${ts}"] details`, this.list)?.setAttribute("open", "");
    showTimes(this.list);
    if (jump || atEnd) this.list.scrollTop = this.list.scrollHeight;
    const last = $$("[data-ts]", this.list).pop();
    if (last) act("read", {user: this.user, channel: this.channel, ts: last.dataset.ts}).catch(() => {});
    const tries = $("[data-tries]", this.root);
    if (tries) tries.classList.toggle("away", this.thread !== null);
  }

  async refreshHome() {
    const box = $("[data-home]", this.root);
    if (this.channel !== "home") return;
    box.innerHTML = await fragment("home", {user: this.user});
    showTimes(box);
  }

  async refreshModal(change) {
    const dialog = $("[data-modal]");
    const html = await fragment("modal", {user: this.user});
    if (!html) {
      if (dialog.open && dialog.owner === this) dialog.close();
      return;
    }
    dialog.owner = this;
    dialog.innerHTML = html;
    showTimes(dialog);
    if (!dialog.open) dialog.showModal();
    if (change.type === "view_opened") $("input, textarea, select", dialog)?.focus();
  }

  showStatus(change) {
    if (change.channel === this.channel) $("[data-status]", this.root).textContent = change.status || "";
  }

  look(channel, thread = null) {
    this.channel = channel;
    this.thread = thread;
    const home = channel === "home";
    this.list.hidden = home;
    $("[data-home]", this.root).hidden = !home;
    $("[data-composer]", this.root).hidden = home;
    const place = $("[data-place]", this.root);
    place.hidden = !thread;
    $("[data-place-name]", this.root).textContent = thread ? "Thread" : "";
    this.text.placeholder = thread ? "Reply in this thread" : "Message";
    $("[data-status]", this.root).textContent = "";
    $$("[data-tries]", this.root).forEach((each) => { each.hidden = home; });
    this.list.innerHTML = "";
    if (home) act("home", {user: this.user});
    this.refreshAll();
  }

  bind() {
    $("[data-user-picker]", this.root).addEventListener("change", (event) => this.become(event.target.value));
    $("[data-channels]", this.root).addEventListener("click", (event) => {
      const tab = event.target.closest("[data-channel]");
      if (tab) this.look(tab.dataset.channel);
    });
    $("[data-back]", this.root).addEventListener("click", () => this.look(this.channel));
    $("[data-composer]", this.root).addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    this.text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.send(); }
      if (event.key === "Escape" && this.thread) this.look(this.channel);
    });
    this.text.addEventListener("input", () => this.grow());
    $("[data-file]", this.root).addEventListener("change", (event) => this.attach(event.target));
    this.list.addEventListener("click", (event) => this.clicked(event, {channel: this.channel}));
    this.list.addEventListener("change", (event) => chosen(event, this, this.container(event.target)));
    const home = $("[data-home]", this.root);
    home.addEventListener("click", (event) => this.clicked(event, null));
    home.addEventListener("change", (event) => chosen(event, this, this.container(event.target)));
    for (const button of $$("[data-try]", this.root)) {
      button.addEventListener("click", () => {
        if (this.thread) this.look(this.channel);
        this.text.value = button.dataset.try;
        this.send();
        $("[data-tries]", this.root).open = false;
      });
    }
  }

  async become(user) {
    this.user = user;
    const channels = await (await fetch(`/client/channels?user=${user}`)).json();
    if (!channels.some((each) => each.id === this.channel)) this.channel = channels[0]?.id || "home";
    this.listen();
    this.look(this.channel);
  }

  grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 160)}px`;
  }

  attach(input) {
    this.file = input.files[0] || null;
    const shown = $("[data-attached]", this.root);
    shown.hidden = !this.file;
    shown.textContent = this.file ? `📎 ${this.file.name}` : "";
  }

  async send() {
    const text = this.text.value.trim();
    if (!text && !this.file) return;
    const file = this.file;
    try {
      if (file) await this.upload(text);
      else if (text.startsWith("/")) await this.command(text);
      else await this.post(text);
      this.text.value = "";
      this.grow();
    } catch (error) {
      toast(explain(error));
    }
  }

  async post(text) {
    const sent = await act("post", {user: this.user, channel: this.channel, text: escapeText(text), thread_ts: this.thread || undefined});
    this.opened(sent.message);
  }

  opened(message) {
    // A question opens a thread, and the answer comes there: show it.
    if (this.root.dataset.pane === "customer" && !this.thread) this.look(this.channel, message.ts);
  }

  async upload(text) {
    const form = new FormData();
    form.append("file", this.file);
    const query = new URLSearchParams({user: this.user, channel: this.channel, text: escapeText(text)});
    if (this.thread) query.set("thread_ts", this.thread);
    const answer = await fetch(`/client/upload?${query}`, {method: "POST", body: form});
    const result = await answer.json();
    if (!answer.ok) throw new Error(result.error);
    const input = $("[data-file]", this.root);
    input.value = "";
    this.attach(input);
    this.opened(result.message);
  }

  async command(text) {
    const answer = await act("command", {user: this.user, channel: this.channel, text, thread_ts: this.thread || undefined});
    if (!answer.acked) throw new Error(answer.error);
  }

  container(target) {
    const view = target.closest("[data-view-id]");
    if (view) return {view_id: view.dataset.viewId};
    return {channel: this.channel, ts: target.closest("[data-ts]")?.dataset.ts};
  }

  async clicked(event) {
    const thread = event.target.closest("[data-open-thread]");
    if (thread) return this.look(this.channel, thread.dataset.openThread);
    const menu = event.target.closest("[data-message-act]");
    if (menu) return this.messageAct(menu);
    return pressed(event, this, (target) => this.container(target));
  }

  async messageAct(item) {
    const row = item.closest("[data-ts]");
    const where = {user: this.user, channel: this.channel, ts: row.dataset.ts};
    const what = item.dataset.messageAct;
    item.closest("details").open = false;
    try {
      if (what === "delete") await act("delete", where);
      else if (what === "edit") this.edit(row, where);
      else await act("shortcut", {...where, callback_id: what.split(":")[1]});
    } catch (error) { toast(explain(error)); }
  }

  edit(row, where) {
    const content = $(".content", row);
    const box = document.createElement("textarea");
    box.value = content.innerText.replace(/\(edited\)\s*$/, "").trim();
    box.setAttribute("aria-label", "Edit message");
    content.replaceChildren(box);
    box.focus();
    box.addEventListener("keydown", async (event) => {
      if (event.key === "Escape") this.refreshMessages();
      if (event.key !== "Enter" || event.shiftKey) return;
      event.preventDefault();
      try { await act("edit", {...where, text: escapeText(box.value.trim())}); } catch (error) { toast(explain(error)); }
    });
  }
}

const escapeText = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

function confirmed(words) {
  if (!words) return Promise.resolve(true);
  const {title, text, confirm, deny} = JSON.parse(words);
  const dialog = $("[data-confirm]");
  $("h2", dialog).textContent = title || "Are you sure?";
  $("p", dialog).textContent = text || "";
  const [no, yes] = $$("button", dialog);
  no.textContent = deny || "Cancel";
  yes.textContent = confirm || "Yes";
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), {once: true});
  });
}

async function press(pane, target, container, chosenPart) {
  const keys = target.closest("[data-action-id]");
  if (!(await confirmed(keys.dataset.confirm))) return;
  target.classList.add("pending");
  target.setAttribute("aria-busy", "true");
  try {
    const answer = await act("press", {
      user: pane.user, container, block_id: keys.dataset.blockId, action_id: keys.dataset.actionId,
      type: keys.dataset.type, ...chosenPart,
    });
    if (!answer.acked) throw new Error(answer.error);
  } catch (error) {
    target.classList.add("failed");
    toast(explain(error));
  } finally {
    target.classList.remove("pending");
    target.removeAttribute("aria-busy");
  }
}

async function pressed(event, pane, containerOf) {
  const option = event.target.closest(".overflow [data-option]");
  const button = event.target.closest("button[data-action-id]");
  const target = option || button;
  if (!target) return;
  event.preventDefault();
  if (button?.dataset.url) window.open(button.dataset.url, "_blank", "noopener");
  const part = option ? {selected_option: JSON.parse(option.dataset.option)}
    : "value" in button.dataset ? {value: button.dataset.value} : {};
  if (option) option.closest("details").open = false;
  await press(pane, target, containerOf(target), part);
}

function chosenPart(element) {
  const type = element.dataset.type;
  if (element.tagName === "SELECT") {
    const options = [...element.selectedOptions].filter((each) => each.dataset.option).map((each) => JSON.parse(each.dataset.option));
    return type.startsWith("multi_") ? {selected_options: options} : {selected_option: options[0] || null};
  }
  if (element.tagName === "FIELDSET") {
    const options = $$("input:checked", element).map((each) => JSON.parse(each.dataset.option));
    return type === "checkboxes" ? {selected_options: options} : {selected_option: options[0] || null};
  }
  if (type === "datepicker") return {selected_date: element.value || null};
  if (type === "timepicker") return {selected_time: element.value || null};
  return {value: element.value || null};
}

function chosen(event, pane, container) {
  const element = event.target.closest("select[data-action-id], fieldset[data-action-id]");
  if (!element || element.closest("[data-input-block]")) return;
  press(pane, element, container, chosenPart(element));
}

function modalValues(form) {
  const values = {};
  for (const element of $$("[data-action-id]", form)) {
    if (element.tagName === "BUTTON" || element.tagName === "DETAILS") continue;
    const block = element.dataset.blockId;
    (values[block] = values[block] || {})[element.dataset.actionId] = {type: element.dataset.type, ...chosenPart(element)};
  }
  return values;
}

function bindModal() {
  const dialog = $("[data-modal]");
  dialog.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    $$(".error", form).forEach((each) => { each.hidden = true; });
    const button = $("[type=submit]", form);
    button?.classList.add("pending");
    try {
      const answer = await act("submit", {user: dialog.owner.user, view_id: form.dataset.viewId, values: modalValues(form)});
      for (const [block, words] of Object.entries(answer.errors || {})) {
        const place = $(`[data-input-block="${CSS.escape(block)}"] .error`, form);
        if (place) { place.textContent = words; place.hidden = false; }
      }
    } catch (error) { toast(explain(error)); } finally { button?.classList.remove("pending"); }
  });
  const close = (event) => {
    event.preventDefault();
    const form = $("form", dialog);
    act("close", {user: dialog.owner.user, view_id: form.dataset.viewId}).catch((error) => toast(explain(error)));
  };
  dialog.addEventListener("cancel", close);
  dialog.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) return close(event);
    return pressed(event, dialog.owner, () => ({view_id: $("form", dialog).dataset.viewId}));
  });
  dialog.addEventListener("change", (event) => chosen(event, dialog.owner, {view_id: $("form", dialog).dataset.viewId}));
}

async function checkConnection() {
  const box = $("[data-connection]");
  let state = "down", words = "workspace not reachable";
  try {
    const team = await (await fetch("/client/team?user=")).json();
    state = team.app.connected ? "up" : "waiting";
    words = team.app.connected ? `${team.app.name} is connected` : `${team.app.name} is starting…`;
  } catch { /* the words above say it */ }
  box.dataset.connection = state;
  $("[data-words]", box).textContent = words;
}

function bindTheme() {
  const root = document.documentElement;
  const saved = localStorage.getItem("theme");
  if (saved) root.dataset.theme = saved;
  $("[data-theme-toggle]").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    localStorage.setItem("theme", root.dataset.theme);
  });
}

function bindPaneTabs() {
  const tabs = $$("[data-show-pane]");
  for (const tab of tabs) {
    tab.addEventListener("click", () => {
      tabs.forEach((each) => each.setAttribute("aria-selected", String(each === tab)));
      $$("[data-pane]").forEach((pane) => pane.classList.toggle("shown", pane.dataset.pane === tab.dataset.showPane));
      $(".unread", tab).hidden = true;
    });
  }
}

document.addEventListener("click", (event) => {
  for (const open of $$(".message-menu[open], .overflow[open]")) if (!open.contains(event.target)) open.open = false;
});

bindTheme();
bindPaneTabs();
bindModal();
window.panes = $$("[data-pane]").map((root) => new Pane(root));
checkConnection();
setInterval(checkConnection, 5000);
