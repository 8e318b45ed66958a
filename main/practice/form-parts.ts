/** Fields of the pages' forms, as HTML. */
import { escapeHtml } from './page.ts'

const CHEVRON =
  '<svg width="14" height="14" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="m3.5 6 4.5 4.5L12.5 6"/></svg>'

/** A select with its label. @param options HTML */
export function field(label: string, name: string, options: readonly string[]): string {
  return `<div><label for="${name}">${label}</label><div class="select"><select id="${name}" name="${name}">${options.join('')}</select>${CHEVRON}</div></div>`
}

export function option(value: string, label: string, isChosen = false): string {
  return `<option value="${escapeHtml(value)}"${isChosen ? ' selected' : ''}>${escapeHtml(label)}</option>`
}

/** Options under a heading. @param options HTML */
export function optionGroup(heading: string, options: readonly string[]): string {
  return `<optgroup label="${escapeHtml(heading)}">${options.join('')}</optgroup>`
}

/** A form with the token that proves it came from our page. @param content HTML */
export function form(action: string, formToken: string, content: string): string {
  return `<form method="post" action="${action}" autocomplete="off">
<input type="hidden" name="form" value="${formToken}">
${content}
</form>`
}

/** One line of a list: a name and its values in code type, or that there are none. */
export function row(name: string, values: readonly string[]): string {
  const codes = values.map((value) => `<code>${escapeHtml(value)}</code>`).join('<br>')
  return `<div><dt class="label">${escapeHtml(name)}</dt><dd>${codes || 'none'}</dd></div>`
}
