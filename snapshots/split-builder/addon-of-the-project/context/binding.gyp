{ "targets": [{ "target_name": "mask", "sources": ["src/mask.c"] }] }
