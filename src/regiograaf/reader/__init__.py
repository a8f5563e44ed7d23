"""From a raw letter to a draft encoding: formats, structure, mentions, draft claims."""
