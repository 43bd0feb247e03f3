"""From a document's Markdown to Word, PDF, a web page and an e-mail draft."""
