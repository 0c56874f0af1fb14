"""Formats of what is published: the daily report as HTML, JSON and Markdown, and its phrases."""
