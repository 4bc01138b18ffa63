"""What the product remembers: tables, repositories and the outbox; the only package that speaks SQL."""
