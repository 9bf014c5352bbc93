"""Where transcripts are played: in this process over a scratch database, or against a running installation."""
