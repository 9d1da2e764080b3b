// CloudTask's page: which screen is shown, and what happens when somebody uses it.

import { connected } from './backend.js';
import * as cognito from './cognito.js';
import * as session from './session.js';
import * as taskList from './task-list.js';
import * as tasks from './tasks-api.js';
import { inWords } from './words.js';

const PENDING = 'cloudtask.pending';
const byId = (id) => document.getElementById(id);

// ---------------------------------------------------------------- screens

let screen = null;

/** Shows one screen, a fresh one: no old errors, no old passwords, the focus where one begins. */
function show(name) {
  screen = byId(name);
  for (const section of document.querySelectorAll('section')) {
    section.hidden = section !== screen;
  }
  byId('desk').hidden = name !== 'tasks';
  byId('doorway').hidden = name === 'tasks';
  for (const input of screen.querySelectorAll('input[type=password], .code')) {
    input.value = '';
  }
  fail('');
  document.title = `${screen.querySelector('h1').textContent} · CloudTask`;
  const firstEmpty = [...screen.querySelectorAll('form:not(#add-task) input')].find((input) => !input.value);
  (firstEmpty ?? screen.querySelector('h1')).focus();
}

/** Says on the current screen what went wrong; an empty text takes it back. */
function fail(text, input = undefined) {
  screen.querySelector('.error').textContent = text;
  for (const each of screen.querySelectorAll('[aria-invalid]')) {
    each.removeAttribute('aria-invalid');
  }
  input?.setAttribute('aria-invalid', 'true');
  input?.focus();
}

/** Says what has been done, to those who see it and to those who hear it. */
function tell(text) {
  byId('status').textContent = text;
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => {
    byId('status').textContent = '';
  }, 5000);
}

/** The first field that is not filled in as it should be, with what to say about it. */
function flaw(form) {
  for (const input of form.querySelectorAll('input')) {
    const label = input.labels[0]?.textContent;
    if (!input.value.trim()) {
      return [`${label} is missing.`, input];
    }
    if (input.type === 'email' && input.validity.typeMismatch) {
      return ['That does not look like an e-mail address.', input];
    }
  }
  return null;
}

/** Does something that may fail; the button that began it waits. Returns whether it went well. */
async function attempt(button, action) {
  if (button?.ariaBusy === 'true') {
    return false;
  }
  fail('');
  if (button) {
    button.ariaBusy = 'true';
  }
  try {
    await action();
    return true;
  } catch (error) {
    if (error instanceof session.SessionEnded) {
      leave('Your session has ended. Please sign in again.');
    } else {
      fail(inWords(error));
    }
    return false;
  } finally {
    if (button) {
      button.ariaBusy = 'false';
    }
  }
}

/** Runs `action` with the values of a screen's fields, in their order, when its form is sent. */
function onSubmit(name, action) {
  const form = byId(name).querySelector('form');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const wrong = flaw(form);
    if (wrong) {
      fail(...wrong);
      return;
    }
    const values = [...form.querySelectorAll('input')].map((input) =>
      input.type === 'password' ? input.value : input.value.trim(),
    );
    attempt(form.querySelector('[type=submit]'), () => action(...values));
  });
}

for (const button of document.querySelectorAll('[data-show]')) {
  button.addEventListener('click', () => {
    // Whoever has typed an address need not type it again on the next screen.
    const email = button.closest('section').querySelector('input[type=email]')?.value ?? pending?.email;
    forget();
    const target = byId(button.dataset.show).querySelector('input[type=email]');
    if (email) {
      target.value = email;
    }
    show(button.dataset.show);
  });
}

// ---------------------------------------------------------------- coming in

/**
 * What somebody is in the middle of: the screen and the address survive a reload, the password is
 * only ever held in memory.
 */
let pending = JSON.parse(sessionStorage.getItem(PENDING) ?? 'null');

function waitForCode(name, email, password = undefined) {
  pending = { screen: name, email, password };
  sessionStorage.setItem(PENDING, JSON.stringify({ screen: name, email }));
  byId(name).querySelector('.address').textContent = email;
  show(name);
}

function forget() {
  pending = null;
  sessionStorage.removeItem(PENDING);
}

async function enter(email, password) {
  try {
    await session.start(email, password);
  } catch (error) {
    if (error.code !== 'UserNotConfirmedException') {
      throw error;
    }
    // They signed up and never entered the code; the one they were sent may be long gone.
    waitForCode('confirm', email, password);
    await cognito.resendConfirmationCode(email);
    return;
  }
  forget();
  openDesk();
}

onSubmit('sign-in', enter);

onSubmit('sign-up', async (email, password) => {
  await cognito.signUp(email, password);
  waitForCode('confirm', email, password);
});

onSubmit('confirm', async (code) => {
  const { email, password } = pending;
  await cognito.confirmSignUp(email, code);
  tell('Your address is confirmed.');
  if (password) {
    await enter(email, password);
  } else {
    forget();
    byId('sign-in-email').value = email;
    show('sign-in');
  }
});

byId('confirm-resend').addEventListener('click', (event) => {
  attempt(event.currentTarget, async () => {
    await cognito.resendConfirmationCode(pending.email);
    tell('A new code is on its way.');
  });
});

onSubmit('forgot', async (email) => {
  await cognito.forgotPassword(email);
  waitForCode('reset', email);
});

onSubmit('reset', async (code, password) => {
  const { email } = pending;
  await cognito.confirmForgotPassword(email, code, password);
  tell('Your new password is set.');
  await enter(email, password);
});

byId('reset-resend').addEventListener('click', (event) => {
  attempt(event.currentTarget, async () => {
    await cognito.forgotPassword(pending.email);
    tell('A new code is on its way.');
  });
});

// ---------------------------------------------------------------- the tasks

function openDesk() {
  byId('account').textContent = session.current().email;
  show('tasks');
  load();
}

/** Signs out, here and at Cognito, and says why on the screen that follows, if there is a reason. */
function leave(reason = '') {
  const email = session.current()?.email ?? '';
  session.end();
  taskList.clear();
  byId('sign-in-email').value = email;
  byId('new-title').value = '';
  show('sign-in');
  fail(reason);
}

/**
 * Loads the list, page by page, all of it: a list that ends somewhere without saying so hides tasks,
 * and "3 of 7 done" would not be true. Each page is shown as soon as it is there.
 */
async function load() {
  const mine = session.current();
  taskList.clear();
  byId('loading').hidden = false;
  byId('again').hidden = true;
  const complete = await attempt(null, async () => {
    for await (const page of tasks.pages()) {
      if (session.current()?.email !== mine.email) {
        return; // Signed out meanwhile.
      }
      taskList.add(...page);
    }
    taskList.loaded();
  });
  byId('loading').hidden = true;
  byId('again').hidden = complete;
}

byId('load-again').addEventListener('click', load);

byId('add-task').addEventListener('submit', (event) => {
  event.preventDefault();
  const input = byId('new-title');
  const title = input.value.trim();
  if (!title) {
    input.focus();
    return;
  }
  attempt(event.currentTarget.querySelector('button'), async () => {
    const task = await tasks.create(title);
    taskList.add(task);
    tell(`Added: ${task.title}`);
    if (input.value.trim() === title) {
      input.value = '';
    }
    input.focus();
  });
});

/** Makes a change to a task; returns what came of it, or null when it failed, which it has then said. */
async function change(action, done) {
  let result = null;
  await attempt(null, async () => {
    result = await action();
    tell(done(result));
  });
  return result;
}

taskList.init({
  toggle: (task, completed) =>
    change(
      () => tasks.update(task.taskId, { completed }),
      ({ title }) => (completed ? `Done: ${title}` : `Not done: ${title}`),
    ),
  rename: (task, title) =>
    change(
      () => tasks.update(task.taskId, { title }),
      (renamed) => `Renamed: ${renamed.title}`,
    ),
  remove: (task) =>
    change(
      async () => {
        await tasks.remove(task.taskId).catch((error) => {
          if (error.status !== 404) {
            throw error; // Gone already is gone as well.
          }
        });
        return true;
      },
      () => `Deleted: ${task.title}`,
    ),
});

byId('sign-out').addEventListener('click', () => leave());

// ---------------------------------------------------------------- start

byId('not-connected').hidden = connected;
if (session.current()) {
  openDesk();
} else if (pending) {
  waitForCode(pending.screen, pending.email);
} else {
  show('sign-in');
}
