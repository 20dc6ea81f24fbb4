// Where a person writes: Enter sends, a slash gives a command, files come by button, paste or drop.
import {all, one} from "./patch.js";
import {withMentions} from "./words.js";
import {act, explain, send, team, toast} from "./workspace.js";

const TALLEST = 160;

export class Composer {
  constructor(pane) {
    this.pane = pane;
    this.form = one("[data-composer]", pane.root);
    this.text = one("[data-text]", this.form);
    this.input = one("[data-file]", this.form);
    this.list = one("[data-suggest]", this.form);
    this.files = [];
    this.bind();
  }

  get place() {
    const {user, channel, thread} = this.pane;
    return {user, channel, ...(thread ? {thread_ts: thread} : {})};
  }

  bind() {
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    this.text.addEventListener("keydown", (event) => this.key(event));
    this.text.addEventListener("input", () => { this.grow(); this.suggest(); });
    this.text.addEventListener("paste", (event) => this.attach([...event.clipboardData.files]));
    this.input.addEventListener("change", () => { this.attach([...this.input.files]); this.text.focus(); });
    one("[data-detach]", this.form).addEventListener("click", () => this.detach());
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("[data-command]");
      if (row) this.complete(row.dataset.command);
    });
    for (const button of all("[data-shortcut]", this.form)) {
      button.addEventListener("click", () => this.shortcut(button));
    }
    this.pane.root.addEventListener("dragover", (event) => event.preventDefault());
    this.pane.root.addEventListener("drop", (event) => {
      event.preventDefault();
      this.attach([...event.dataTransfer.files]);
    });
  }

  key(event) {
    if (event.key === "Tab" && !this.list.hidden && !event.shiftKey) {
      event.preventDefault();
      this.complete(one("[data-command]", this.list).dataset.command);
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.send();
    } else if (event.key === "Escape" && this.pane.thread) {
      this.pane.back();
    }
  }

  grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, TALLEST)}px`;
  }

  focus() { this.text.focus({preventScroll: true}); }

  async suggest() {
    const start = this.text.value;
    const commands = /^\/\S*$/.test(start) ? (await team()).app.commands : [];
    const rows = commands.filter((name) => name.startsWith(start)).map((name) => {
      const row = document.createElement("button");
      row.type = "button";
      row.dataset.command = name;
      row.textContent = name;
      return row;
    });
    this.list.replaceChildren(...rows);
    this.list.hidden = !rows.length;
  }

  complete(command) {
    this.text.value = `${command} `;
    this.list.hidden = true;
    this.focus();
  }

  attach(files) {
    if (!files.length) return;
    this.files = files;
    one("[data-attached]", this.form).hidden = false;
    one("[data-attached-names]", this.form).textContent = files.map((each) => each.name).join(", ");
  }

  detach() {
    this.files = [];
    this.input.value = "";
    one("[data-attached]", this.form).hidden = true;
  }

  write(words) {
    this.text.value = words;
    this.grow();
  }

  async send() {
    const typed = this.text.value.trim();
    const files = this.files;
    if (!typed && !files.length) return;
    const place = this.place;
    this.write("");
    this.list.hidden = true;
    this.detach();
    this.pane.toEnd();
    try {
      if (typed.startsWith("/") && !files.length) await this.command(place, typed);
      else this.pane.posted(place, await this.post(place, typed, files));
    } catch (error) {
      // Nothing a person wrote is lost: it comes back, in front of what they typed since.
      this.write([typed, this.text.value].filter(Boolean).join("\n"));
      this.attach(files);
      toast(explain(error));
    }
  }

  async post(place, typed, files) {
    const text = withMentions(typed, (await team()).users);
    const answer = files.length ? await send("/client/upload", {...place, text}, files) : await act("post", {...place, text});
    return answer.message;
  }

  async command(place, typed) {
    const known = (await team()).app.commands;
    const name = typed.split(/\s/)[0];
    if (known.length && !known.includes(name)) {
      throw new Error(`no command ${name}; there is ${known.join(", ")}`);
    }
    const answer = await act("command", {...place, text: typed});
    if (!answer.acked) throw new Error(answer.error);
  }

  async shortcut(button) {
    button.closest("details").open = false;
    try {
      const answer = await act("shortcut", {user: this.pane.user, callback_id: button.dataset.shortcut});
      if (!answer.acked) throw new Error(answer.error);
    } catch (error) {
      toast(explain(error));
    }
  }
}
