/** Opens pages in the user's own browser. */
export interface Browser {
  /**
   * @param url an https address, or http on localhost; anything else is refused
   * @throws BrowserFailed when the system opened nothing
   */
  open(url: string): Promise<void>
}
