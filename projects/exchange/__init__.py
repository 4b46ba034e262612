"""Projects for other programs: activities of the aid transparency standard IATI, and places as GeoJSON."""
