import { useState } from 'react'
import type { GitView } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { FailureNotice } from '../../app/failure-notice.tsx'
import { useCall } from '../../app/use-call.ts'
import { Checkbox } from '../../parts/checkbox.tsx'
import { CodeLine } from '../../parts/code-line.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Notice } from '../../parts/notice.tsx'

interface GitNoticeProps {
  readonly git: GitView
  readonly previewId: string
  readonly addsToGitignore: boolean
  readonly onChange: (adds: boolean) => void
}

/** Whether a commit could publish the file, and what helps. */
export function GitNotice(props: GitNoticeProps) {
  const { git } = props
  switch (git.state) {
    case 'outside':
      return null
    case 'ignored':
      return (
        <p className="git-ignored">
          <Icon name="check-circle" size={14} />
          Git ignores this file.
        </p>
      )
    case 'not-ignored':
      return (
        <Notice kind="warning" icon="git-branch" title="Git does not ignore this file">
          A commit would publish the token.
          {git.gitignore && ' Token Desk can add one line to .gitignore.'}
          <GitignoreChoice {...props} />
        </Notice>
      )
    case 'tracked':
      return (
        <Notice kind="warning" icon="git-branch" title="Git tracks this file">
          Ignoring it is not enough: take it out of git as well, by this command.
          <UntrackCommand {...props} />
          <GitignoreChoice {...props} />
        </Notice>
      )
    case 'unknown':
      return (
        <Notice
          kind="warning"
          icon="git-branch"
          title="Git did not say whether it ignores this file"
        >
          It may not be installed, or may not trust this folder. Look before you commit.
          <GitignoreChoice {...props} />
        </Notice>
      )
    default:
      return git.state satisfies never
  }
}

function GitignoreChoice({ git, addsToGitignore, onChange }: GitNoticeProps) {
  if (git.gitignore === null) return null
  const { line, displayPath } = git.gitignore
  return (
    <div className="git-choice">
      <Checkbox
        label={`Add ${line} to ${displayPath}`}
        isSelected={addsToGitignore}
        onChange={onChange}
      >
        Add <code>{line}</code> to <code>{displayPath}</code>
      </Checkbox>
    </div>
  )
}

function UntrackCommand({ git, previewId }: GitNoticeProps) {
  const api = useApi()
  const { run, failure } = useCall()
  const [isCopied, setCopied] = useState(false)
  if (git.untrackCommand === null) return null
  async function copy(): Promise<void> {
    const copied = await run(() => api.call['sharing/copy-untrack-command'](previewId))
    setCopied(copied !== undefined)
  }
  return (
    <div className="git-command">
      <CodeLine
        text={git.untrackCommand}
        copyLabel="Copy git command"
        isCopied={isCopied}
        onCopy={() => void copy()}
      />
      {failure && <FailureNotice failure={failure} />}
    </div>
  )
}
