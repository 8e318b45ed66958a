/** Removes the item that keeps this app's key from the keyring. False where that did not work. */
export type RemoveKeyringItem = () => Promise<boolean>
