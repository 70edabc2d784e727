const form = document.getElementById('login');
const token = document.getElementById('token');
const error = document.getElementById('login-error');

form.addEventListener('submit', async event => {
  event.preventDefault();
  error.hidden = true;
  let problem = 'The dashboard does not answer: is it still running?';
  try {
    const response = await fetch('/api/v2/session', {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify({token: token.value.trim()}),
    });
    if (response.ok) {
      location.replace('/');
      return;
    }
    problem = (await response.json()).error;
  } catch (failure) {
    // The message above says it.
  }
  error.textContent = problem;
  error.hidden = false;
  token.select();
});
