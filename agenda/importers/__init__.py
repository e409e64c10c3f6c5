"""Readers of agendas as people have them: text, table, document or deck becomes a draft day. Pure: no Django."""
