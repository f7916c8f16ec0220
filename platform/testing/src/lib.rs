//! What tests share: a browser without a screen, moved clocks, canaries.
