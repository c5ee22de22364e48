# Bầu cử
