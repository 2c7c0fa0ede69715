// Shows the streamed lines as they arrive.
'use strict';

const button = document.getElementById('start');
const output = document.getElementById('lines');

button.addEventListener('click', async () => {
  button.disabled = true;
  output.textContent = '';
  try {
    const response = await fetch(button.dataset.url);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      output.textContent += part.value;
    }
  } catch (error) {
    output.textContent += `The stream broke off: ${error.message}\n`;
  } finally {
    button.disabled = false;
  }
});
