export function NewAppView() { return null }
