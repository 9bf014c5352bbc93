"""Reports for coordinators: the same figures as text, as JSON and as a page that can be mailed and printed."""
