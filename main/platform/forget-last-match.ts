/**
 * Lets the engine forget the text that a regular expression matched last: it keeps the whole of it, for
 * `RegExp.$_` and its like (ECMAScript Annex B, Legacy RegExp features), until another one matches. After
 * a token was masked that is the token.
 */
export function forgetLastMatch(): void {
  ;/^/.test('')
}
