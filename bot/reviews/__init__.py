"""Use cases, one verb a file: gather, ask the rules, save, queue. No Slack, no views."""
