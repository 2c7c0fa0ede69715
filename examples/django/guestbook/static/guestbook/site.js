// Tells the visitor, while typing and choosing, what the form would send.
'use strict';

function showHint(field, text) {
  const hint = document.querySelector(`[data-hint-for="${field.id}"]`);
  if (hint) hint.textContent = text;
}

for (const field of document.querySelectorAll('textarea[data-counted]')) {
  field.addEventListener('input', () => {
    showHint(field, `${field.maxLength - field.value.length} characters left`);
  });
}

for (const field of document.querySelectorAll('input[type=file]')) {
  field.addEventListener('change', () => {
    const file = field.files[0];
    showHint(field, file ? `${(file.size / 1e6).toFixed(2)} MB` : '');
  });
}
