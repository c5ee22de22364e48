problem-e-rep-01 = This key was used for another report. Send a new report under a new key.
problem-e-rep-02 = This unit holds no congress in this season on the day given, so there is nothing to report. Check the unit and the day.
problem-e-rep-03 = This day is before the season opened. Check the day of the congress.
problem-e-rep-04 = The key (Idempotency-Key) is missing, longer than 200 characters or has other than plain characters. Each report needs its own key; sent again, it keeps it.
problem-e-rep-05 = The difficulties are longer than 10,000 characters. Shorten them.
