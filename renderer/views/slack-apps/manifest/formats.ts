/** The two spellings of a manifest, for the control that switches between them. */
export const MANIFEST_FORMATS = [
  { id: 'json', label: 'JSON' },
  { id: 'yaml', label: 'YAML' },
] as const
