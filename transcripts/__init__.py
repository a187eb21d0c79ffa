"""Files in, statements out: Zoom's and other transcripts become turns and statements with speakers and times."""
