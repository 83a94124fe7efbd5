// What an app shows, in the types that Slack publishes; without those that stand for any block at all.
import type { HomeView, KnownBlock, ModalView } from "@slack/types";

type Of<View> = Omit<View, "blocks"> & { blocks: KnownBlock[] };

export interface Shown {
  message: KnownBlock[];
  modal: Of<ModalView>;
  home: Of<HomeView>;
}
