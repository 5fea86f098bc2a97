/** Whether the app can be installed, is installed already, and how to ask for it. */

interface InstallPromptEvent extends Event {
  prompt(): Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
}

class Install {
  installed = $state(false);
  available = $state(false);
  private offer: InstallPromptEvent | null = null;

  follow(): () => void {
    const standalone = matchMedia('(display-mode: standalone)');
    const changed = () => (this.installed = standalone.matches);
    const offered = (event: Event) => {
      event.preventDefault();
      this.offer = event as InstallPromptEvent;
      this.available = true;
    };
    const done = () => {
      this.installed = true;
      this.available = false;
    };
    changed();
    standalone.addEventListener('change', changed);
    addEventListener('beforeinstallprompt', offered);
    addEventListener('appinstalled', done);
    return () => {
      standalone.removeEventListener('change', changed);
      removeEventListener('beforeinstallprompt', offered);
      removeEventListener('appinstalled', done);
    };
  }

  /** Shows the browser's own question; true when the trader agreed. */
  async ask(): Promise<boolean> {
    const answer = await this.offer?.prompt();
    this.available = false;
    this.offer = null;
    return answer?.outcome === 'accepted';
  }
}

export const install = new Install();
