// One pane: a person, and the place where they look: a channel, a thread or App Home.
import {Composer} from "./composer.js";
import {Modal} from "./modal.js";
import {all, one, patch} from "./patch.js";
import {chosen, prepare, pressed, typed} from "./press.js";
import {withMentions} from "./words.js";
import {act, explain, fragment, look, team, toast} from "./workspace.js";

const NEAR_END = 120;
const now = () => (Date.now() / 1000).toFixed(6);

export class Pane {
  constructor(root) {
    this.root = root;
    this.key = root.dataset.pane;
    this.user = root.dataset.user;
    this.channel = root.dataset.channel;
    this.thread = null;
    this.since = "";
    this.missed = 0;
    this.atEnd = true;
    this.jumps = false;
    this.lastTop = 0;
    this.list = one("[data-messages]", root);
    this.below = one("[data-below]", root);
    this.home = one("[data-home]", root);
    this.tabs = one("[data-channels]", root);
    this.running = {};
    this.wanted = {};
    this.forget();
    this.modal = new Modal(root, () => this.user);
    this.composer = new Composer(this);
    this.bind();
  }

  forget() {
    this.statuses = new Map();
    this.prompts = new Map();
    this.threadsSeen = new Map();
    this.startedAt = now();
    this.readUpTo = "";
  }

  get inSight() { return this.root.offsetParent !== null; }

  // What the stream says

  changed(change) {
    if (change.type === "hello") return this.refresh(!this.list.childElementCount);
    if (change.type.startsWith("view_")) return this.again("modal", () => this.modal.refresh());
    if (change.type === "home") return this.again("home", () => this.refreshHome());
    if (change.type === "status") return this.keepStatus(change);
    if (change.type !== "unread" && change.channel === this.channel) this.changedHere(change);
    return this.again("channels", () => this.refreshChannels());
  }

  changedHere(change) {
    const isElsewhere = this.thread && change.ts !== this.thread && change.thread_ts !== this.thread;
    if (change.type === "message" && isElsewhere && !change.thread_ts) this.missed += 1;
    this.showPlace();
    this.again("messages", () => this.refreshMessages());
  }

  // One refresh of a kind at a time, and one more when something changed meanwhile: whoever asks waits for the one
  // that sees what they changed.
  again(name, work) {
    const next = this.wanted[name];
    if (next) {
      next.work = work;
      return next.done;
    }
    const turn = {work};
    this.wanted[name] = turn;
    turn.done = (this.running[name] || Promise.resolve()).then(() => {
      delete this.wanted[name];
      return turn.work();
    }).catch((error) => toast(explain(error)));
    this.running[name] = turn.done;
    return turn.done;
  }

  refresh(jump = false) {
    this.again("channels", () => this.refreshChannels());
    this.again("modal", () => this.modal.refresh());
    this.again("home", () => this.refreshHome());
    this.jumps = this.jumps || jump;
    return this.again("messages", () => this.refreshMessages());
  }

  async refreshChannels() {
    const html = await fragment("channels", {
      user: this.user, current: this.inSight ? this.channel : "", first: this.root.dataset.channel,
    });
    patch(this.tabs, html);
    this.showPlace();
    const unread = all("[data-unread]", this.tabs).reduce((sum, tab) => sum + Number(tab.dataset.unread), 0);
    const mark = one(`[data-show-pane="${this.key}"] .unread`);
    mark.hidden = !unread || this.inSight;
    mark.textContent = unread || "";
  }

  async refreshMessages() {
    const {user, channel, thread} = this;
    if (channel === "home") return;
    const html = await fragment("messages", {user, channel, thread: thread || "", since: thread ? "" : this.since});
    if (user !== this.user || channel !== this.channel || thread !== this.thread) return;
    const jump = this.jumps;
    this.jumps = false;
    if (this.list.clientHeight) this.scrolled();  // who has just scrolled up is not taken to the end
    const follow = jump || this.atEnd;
    const fresh = patch(this.list, html, prepare);
    if (!jump) fresh.forEach((each) => each.classList.add("arrived"));
    if (follow) this.toEnd();
    else if (fresh.length) this.below.hidden = false;
    if (thread) this.saw(thread, all("[data-ts]", this.list).pop()?.dataset.ts);
    this.markThreads();
    this.read();
  }

  toEnd() {
    this.atEnd = true;
    this.below.hidden = true;
    this.list.scrollTop = this.list.scrollHeight;
  }

  scrolled() {
    // Only a person scrolls up; when a picture comes in below, the end is still what they look at.
    const top = this.list.scrollTop;
    if (this.list.scrollHeight - top - this.list.clientHeight < NEAR_END) this.atEnd = true;
    else if (top < this.lastTop) this.atEnd = false;
    this.lastTop = top;
    if (this.atEnd) this.below.hidden = true;
  }

  async refreshHome() {
    if (this.channel !== "home") return;
    const template = document.createElement("template");
    template.innerHTML = await fragment("home", {user: this.user});
    const next = template.content.firstElementChild;
    const known = one(".home", this.home);
    const html = next.innerHTML;
    if (known && known.dataset.viewId === next.dataset.viewId) {
      patch(known, html, prepare);
      return;
    }
    this.home.replaceChildren(next);
    if (!next.matches(".home")) return;
    next.replaceChildren();
    patch(next, html, prepare);
  }

  read() {
    const last = all("[data-ts]", this.list).pop()?.dataset.ts;
    if (!last || !this.inSight || last <= this.readUpTo) return;
    this.readUpTo = last;
    act("read", {user: this.user, channel: this.channel, ts: last}).catch(() => {});
  }

  markThreads() {
    for (const link of all("[data-latest]", this.list)) {
      const seen = this.threadsSeen.get(link.dataset.openThread) || this.startedAt;
      link.classList.toggle("fresh", link.dataset.latest > seen);
    }
  }

  saw(thread, ts) {
    const seen = this.threadsSeen.get(thread) || this.startedAt;
    if (ts > seen) this.threadsSeen.set(thread, ts);
  }

  keepStatus({channel, thread_ts: thread, status, prompts, prompts_title: title}) {
    this.statuses.set(`${channel}/${thread}`, status || "");
    if (prompts) this.prompts.set(channel, {title, prompts});
    this.showStatus();
    this.showPrompts();
  }

  // The questions that an app offers in its messages, until one was asked there.
  showPrompts() {
    const box = one("[data-prompts]", this.root);
    const {title, prompts} = (!this.thread && this.prompts.get(this.channel)) || {};
    box.hidden = !prompts;
    box.setAttribute("aria-label", title || "");
    box.replaceChildren(...(prompts || []).map(({title: words, message}) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words;
      button.addEventListener("click", () => this.ask(message));
      return button;
    }));
    if (!prompts || !title) return;
    const heading = document.createElement("p");
    heading.textContent = title;
    box.prepend(heading);
  }

  async ask(message) {
    this.prompts.delete(this.channel);
    this.showPrompts();
    this.composer.write(message);
    await this.composer.send();
    this.composer.focus();
  }

  async showStatus() {
    const box = one("[data-status]", this.root);
    const newest = () => this.statuses.get(`${this.channel}/${this.thread}`) || "";
    const name = newest() ? (await team()).app.name : "";
    const status = newest();  // it may have changed while the name was asked for
    box.textContent = status ? `${name} ${status}` : "";
    box.hidden = !status;
  }

  // Where the person looks

  go(channel, thread = null) {
    const tab = one(`[data-channel="${channel}"]`, this.tabs);
    const isNewPlace = channel !== this.channel;
    this.channel = channel;
    this.thread = thread;
    this.missed = 0;
    if (isNewPlace) this.readUpTo = "";
    if (isNewPlace || thread) this.since = !thread && Number(tab?.dataset.unread) ? tab.dataset.read : "";
    const home = channel === "home";
    tab?.scrollIntoView({block: "nearest", inline: "nearest"});
    this.list.hidden = home;
    this.home.hidden = !home;
    this.composer.form.hidden = home;
    all("[data-tries]", this.root).forEach((each) => {
      each.hidden = home;
      if (thread) each.open = false;
    });
    this.composer.text.placeholder = thread ? "Reply in this thread" : `Message ${tab?.dataset.name || ""}`;
    this.showPlace();
    this.showStatus();
    this.showPrompts();
    if (isNewPlace && tab?.dataset.kind === "im") act("home", {user: this.user, tab: "messages"}).catch(() => {});
    if (home) act("home", {user: this.user}).catch((error) => toast(explain(error)));
    return this.refresh(true);
  }

  async back() {
    const thread = this.thread;
    await this.go(this.channel);
    const root = one(`[data-ts="${thread}"]`, this.list);
    root?.scrollIntoView({block: "nearest"});
    root?.focus({preventScroll: true});
    this.scrolled();
  }

  showPlace() {
    const place = one("[data-place]", this.root);
    place.hidden = !this.thread;
    const name = one(`[data-channel="${this.channel}"]`, this.tabs)?.dataset.name || "";
    one("[data-place-name]", place).textContent = `Back to ${name}`;
    const missed = one("[data-missed]", place);
    missed.hidden = !this.missed;
    missed.textContent = this.missed;
    if (!this.thread && this.channel !== "home") this.composer.text.placeholder = `Message ${name}`;
  }

  posted(place, message) {
    // Whoever leaves the thread at once has seen what they wrote there themselves.
    if (place.thread_ts) {
      this.saw(place.thread_ts, message?.ts);
      this.markThreads();
    }
    // A customer's question opens a thread, and the answer comes there: show it.
    const isHere = place.channel === this.channel && !this.thread;
    if (this.key === "customer" && !place.thread_ts && isHere) this.go(this.channel, message.ts);
  }

  async become(user) {
    this.user = user;
    this.forget();
    this.modal.hide();
    await act("open_im", {user}).catch(() => {});
    const channels = await look("channels", {user});
    const stays = this.channel === "home" || channels.some((each) => each.id === this.channel);
    return this.go(stays ? this.channel : channels[0]?.id || "home");
  }

  // What the person does

  bind() {
    const where = (target) => this.container(target);
    this.tabs.addEventListener("click", (event) => {
      const tab = event.target.closest("[data-channel]");
      if (tab) this.go(tab.dataset.channel);
    });
    this.tabs.addEventListener("wheel", (event) => {
      if (!event.deltaX) this.tabs.scrollLeft += event.deltaY;
    }, {passive: true});
    one("[data-back]", this.root).addEventListener("click", () => this.back());
    for (const box of [this.list, this.home]) {
      box.addEventListener("click", (event) => this.clicked(event));
      box.addEventListener("change", (event) => chosen(event, this.user, where));
      box.addEventListener("input", (event) => typed(event, this.user, where));
    }
    this.list.addEventListener("keydown", (event) => this.walk(event));
    this.list.addEventListener("scroll", () => this.scrolled());
    this.list.addEventListener("load", () => { if (this.atEnd) this.toEnd(); }, true);
    this.below.addEventListener("click", () => this.toEnd());
    new ResizeObserver(() => { if (this.atEnd) this.toEnd(); }).observe(this.list);
    for (const button of all("[data-try]", this.root)) button.addEventListener("click", () => this.try(button));
  }

  async try(button) {
    one("[data-tries]", this.root).open = false;
    const channel = this.root.dataset.channel;
    if (!("inThread" in button.dataset)) await this.go(channel);
    else if (!this.thread) await this.go(channel, await this.newestThread(channel));
    this.composer.write(button.dataset.try);
    await this.composer.send();
    this.composer.focus();
  }

  async newestThread(channel) {
    const {messages} = await look("history", {user: this.user, channel});
    return messages.filter((each) => each.user === this.user && each.reply_count).pop()?.ts || null;
  }

  container(target) {
    const view = target.closest("[data-view-id]");
    if (view) return {view_id: view.dataset.viewId};
    return {channel: this.channel, ts: target.closest("[data-ts]").dataset.ts};
  }

  walk(event) {
    const row = event.target.closest("[data-ts]");
    if (event.target !== row && event.target !== this.list) return;
    const rows = all("[data-ts]", this.list);
    const at = rows.indexOf(row);
    const next = {
      ArrowUp: rows[at < 0 ? rows.length - 1 : Math.max(at - 1, 0)], ArrowDown: rows[Math.min(at + 1, rows.length - 1)],
      Home: rows[0], End: rows[rows.length - 1],
    }[event.key];
    if (next) {
      event.preventDefault();
      next.focus();
    } else if (event.key === "Enter" && row && !this.thread) {
      this.openThread(row.dataset.ts);
    } else if (event.key === "Escape" && this.thread) {
      this.back();
    }
  }

  async openThread(ts) {
    await this.go(this.channel, ts);
    this.composer.focus();
  }

  async clicked(event) {
    const thread = event.target.closest("[data-open-thread]");
    if (thread) return this.openThread(thread.dataset.openThread);
    const reaction = event.target.closest("[data-react]");
    if (reaction) return this.react(reaction);
    const item = event.target.closest("[data-message-act]");
    if (item) return this.messageAct(item);
    return pressed(event, this.user, (target) => this.container(target));
  }

  at(target) {
    return {user: this.user, channel: this.channel, ts: target.closest("[data-ts]").dataset.ts};
  }

  async react(button) {
    const chips = all(`.reaction[data-react="${button.dataset.react}"]`, button.closest("[data-ts]"));
    const remove = chips.some((chip) => chip.getAttribute("aria-pressed") === "true");
    button.closest("details")?.removeAttribute("open");
    await act("react", {...this.at(button), name: button.dataset.react, remove}).catch((error) => toast(explain(error)));
  }

  async messageAct(item) {
    const what = item.dataset.messageAct;
    item.closest("details").open = false;
    if (what === "edit") return this.edit(item.closest("[data-ts]"));
    try {
      if (what === "delete") await act("delete", this.at(item));
      else {
        const answer = await act("shortcut", {...this.at(item), callback_id: what.slice("shortcut:".length)});
        if (!answer.acked) throw new Error(answer.error);
      }
    } catch (error) {
      toast(explain(error));
    }
  }

  edit(row) {
    const content = one(".content", row);
    const before = [...content.childNodes];
    const box = document.createElement("textarea");
    box.className = "edit";
    box.value = row.dataset.raw;
    box.setAttribute("aria-label", "Edit message");
    content.replaceChildren(box);
    box.focus();
    box.addEventListener("keydown", async (event) => {
      event.stopPropagation();
      if (event.key === "Escape") content.replaceChildren(...before);
      if (event.key !== "Enter" || event.shiftKey) return;
      event.preventDefault();
      try {
        await act("edit", {...this.at(row), text: withMentions(box.value.trim(), (await team()).users)});
        if (box.isConnected) content.replaceChildren(...before);
      } catch (error) {
        toast(explain(error));
      }
    });
  }
}
