// The list of tasks on the screen. It knows nothing of servers: what the user wants is handed to
// `actions`, whose promises say whether it came to pass.

const list = document.getElementById('task-list');
const taskTemplate = document.getElementById('task-template');
const renameTemplate = document.getElementById('rename-template');
const progress = document.getElementById('progress');
const progressBar = document.getElementById('progress-bar');
const empty = document.getElementById('empty');

let actions;

/**
 * Says what happens when the user acts on a task:
 * toggle(task, completed), rename(task, title), remove(task), each returning a promise.
 * toggle and rename promise the task as it is now, or null when nothing has changed;
 * remove promises whether the task is gone.
 */
export function init(handlers) {
  actions = handlers;
}

/** Empties the list. It is busy until `loaded` is called. */
export function clear() {
  list.replaceChildren();
  list.setAttribute('aria-busy', 'true');
  summarize();
}

/**
 * Puts tasks into the list, newest first: ids sort in the order of creation. One that is there already
 * (added by the user while the list was still being loaded) stays as it is.
 */
export function add(...tasks) {
  for (const task of tasks) {
    let place = list.firstElementChild;
    while (place && place.dataset.taskId > task.taskId) {
      place = place.nextElementSibling;
    }
    if (place?.dataset.taskId !== task.taskId) {
      list.insertBefore(item(task), place);
    }
  }
  summarize();
}

/** All tasks are there. */
export function loaded() {
  list.setAttribute('aria-busy', 'false');
  summarize();
}

function item(task) {
  const li = copy(taskTemplate);
  const view = li.firstElementChild;
  const checkbox = view.querySelector('input');
  const label = view.querySelector('label');
  const rename = view.querySelector('[data-action=rename]');
  const remove = view.querySelector('[data-action=delete]');

  li.dataset.taskId = task.taskId;
  checkbox.id = `task-${task.taskId}`;
  label.htmlFor = checkbox.id;
  show(task);

  checkbox.addEventListener('change', () => {
    once(async () => {
      show((await actions.toggle(task, checkbox.checked)) ?? task);
      summarize();
    });
  });

  rename.addEventListener('click', () => {
    const form = copy(renameTemplate);
    const input = form.querySelector('input');
    const close = () => {
      form.remove();
      view.hidden = false;
      rename.focus();
    };
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const title = input.value.trim();
      if (!title || title === task.title) {
        close();
        return;
      }
      once(async () => {
        const renamed = await actions.rename(task, title);
        if (renamed) {
          show(renamed);
          close();
        }
      });
    });
    form.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') {
        close();
      }
    });
    form.querySelector('[type=button]').addEventListener('click', close);

    view.hidden = true;
    li.append(form);
    input.value = task.title;
    input.select();
    input.focus();
  });

  remove.addEventListener('click', () => {
    once(async () => {
      if (await actions.remove(task)) {
        // The focus must not be lost with the button: it goes to the task that takes this one's place.
        const neighbour = li.nextElementSibling ?? li.previousElementSibling;
        const next = neighbour?.querySelector('[data-action=delete]') ?? document.getElementById('new-title');
        const focused = li.contains(document.activeElement);
        li.remove();
        summarize();
        if (focused) {
          next.focus();
        }
      }
    });
  });

  /** Shows the task as it is now. Titles are text: whatever is in them, it is never markup. */
  function show(now) {
    task = now;
    label.textContent = task.title;
    checkbox.checked = task.completed;
    li.classList.toggle('done', task.completed);
    rename.setAttribute('aria-label', `Rename ${task.title}`);
    remove.setAttribute('aria-label', `Delete ${task.title}`);
  }

  /** One change of a task at a time: two under way could arrive in either order. */
  async function once(change) {
    if (li.ariaBusy === 'true') {
      checkbox.checked = task.completed;
      return;
    }
    li.ariaBusy = 'true';
    try {
      await change();
    } finally {
      li.ariaBusy = 'false';
    }
  }

  return li;
}

function copy(template) {
  return template.content.firstElementChild.cloneNode(true);
}

function summarize() {
  const all = list.children.length;
  const done = list.querySelectorAll('.done').length;
  progress.textContent = all === 0 ? '' : `${done} of ${all} done`;
  progressBar.hidden = all === 0;
  progressBar.max = Math.max(all, 1);
  progressBar.value = done;
  empty.hidden = all > 0 || list.ariaBusy === 'true';
}
