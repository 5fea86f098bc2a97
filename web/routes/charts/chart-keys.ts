/** The keys of the charts page. */
import { tools } from '#lib/chart/drawing/tools.ts';
import type { Workspace } from '#lib/chart/workspace/workspace.svelte.ts';

export interface KeyActions {
  searchSymbol(): void;
  step(): void;
  togglePlay(): void;
}

/** True where the key meant something here. */
export function chartKey(event: KeyboardEvent, workspace: Workspace, actions: KeyActions): boolean {
  const isCommand = event.ctrlKey || event.metaKey;
  if (isCommand && event.code === 'KeyZ') {
    void (event.shiftKey ? workspace.redo() : workspace.undo());
    return true;
  }
  if (isCommand && event.code === 'KeyY') {
    void workspace.redo();
    return true;
  }
  if (event.altKey && !isCommand) {
    const tool = tools.find(({ key }) => event.code === `Key${key}`);
    if (tool) workspace.takeTool(tool.name);
    return tool !== undefined;
  }
  if (isCommand || event.altKey) return false;
  if (event.shiftKey && workspace.untilMs !== null) {
    if (event.key === 'ArrowRight') actions.step();
    if (event.key === 'ArrowDown') actions.togglePlay();
    return event.key === 'ArrowRight' || event.key === 'ArrowDown';
  }
  switch (event.key) {
    case 'Escape':
      leave(workspace);
      return true;
    case 'Delete':
    case 'Backspace': {
      const { selected } = workspace;
      if (selected && !selected.isLocked) void workspace.remove([selected]);
      return selected !== null;
    }
    case '/':
      actions.searchSymbol();
      return true;
    default:
      return false;
  }
}

/** One thing at a time: what is being drawn, the tool, the selection. */
function leave(workspace: Workspace): void {
  if (workspace.activePane?.cancel()) return;
  workspace.isPicking = false;
  if (workspace.tool !== null) workspace.tool = null;
  else workspace.selected = null;
}
