/** The system's own way to see that it is the user who sits here: Touch ID. */
export interface SystemUserCheck {
  isAvailable(): boolean
  /**
   * Resolves when the user showed who they are.
   *
   * @param reason ends the sentence "Token Desk for Slack is trying to …"
   * @throws UserCheckFailed
   */
  ask(reason: string): Promise<void>
}
