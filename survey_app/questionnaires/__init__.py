"""Questionnaires: columns to items, cells to answers, rows to experts. Proposals that a person confirms; pure."""
